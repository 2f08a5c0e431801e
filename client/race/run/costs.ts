/** What one more message, and one minute of silence, cost a technique: from what crossed in this run. */
import type { Technique } from '#protocol/chat';
import { median } from '../../capture/index.ts';
import { TRANSPORTS } from '../../chat/index.ts';
import { HEARTBEAT_BYTES, HEARTBEAT_MS, HOLD_MS } from '../model/silence.ts';
import type { Lane, LaneMessage } from './measure.ts';

export interface Costs {
  oneMore: number | null;
  silentMinute: number | null;
}

const MINUTE_MS = 60_000;

export function costsOf(
  technique: Technique,
  { requests, messages }: Lane,
  latencyMs: number,
  pollIntervalMs: number,
): Costs {
  const { delivery } = TRANSPORTS[technique].capabilities;
  const bringing = messages.filter(({ brings }) => brings > 0);
  const brought = bringing.reduce((sum, { brings }) => sum + brings, 0);
  if (delivery === 'stream') {
    const heartbeat = HEARTBEAT_BYTES[technique];
    return {
      // A part of the stream brings nothing else.
      oneMore: brought === 0 ? null : bytesOf(bringing) / brought,
      silentMinute: heartbeat === undefined ? null : heartbeat * (MINUTE_MS / HEARTBEAT_MS),
    };
  }
  const request = median(requests.map(({ bytes }) => bytes));
  const answers = messages.filter(({ message }) => message.record.kind === 'response');
  const empty = median(answers.filter(({ brings }) => brings === 0).map(({ bytes }) => bytes));
  if (request === null) return { oneMore: null, silentMinute: null };
  if (delivery === 'held') {
    return {
      // Each message in an answer of its own: a request and what brings it.
      oneMore: brought === 0 ? null : request + headOf(bringing) + bodyOf(bringing) / brought,
      silentMinute: brought === 0 ? null : (request + headOf(bringing)) * (MINUTE_MS / HOLD_MS),
    };
  }
  return {
    // The poll was to be answered anyhow.
    oneMore: brought === 0 ? null : bodyOf(bringing) / brought,
    silentMinute: empty === null ? null : (request + empty) * (MINUTE_MS / (pollIntervalMs + 2 * latencyMs)),
  };
}

function bytesOf(messages: readonly LaneMessage[]): number {
  return messages.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Bytes before the body, of one of them. */
function headOf([first]: readonly LaneMessage[]): number {
  const record = first?.message.record;
  return record?.kind === 'response' ? record.bodyStart : 0;
}

function bodyOf(messages: readonly LaneMessage[]): number {
  return messages.reduce((sum, each) => sum + each.bytes - headOf([each]), 0);
}
