/**
 * A recorded run as the tracks of a race: whose each message on the wire is, what it cost, and what it brought.
 *
 * In: a `Run` of the lab, and when pages handled what. Out: `Track`s.
 */
import { TECHNIQUES, type Technique } from '#protocol/chat';
import type { Run, WireMessage } from '../../capture/run.ts';
import type { Exchange, Stroke, Track } from '../model/result.ts';
import { costsOf } from './costs.ts';

export interface Recorded {
  run: Run;
  bytesOf(message: WireMessage): Uint8Array;
  /** Lab time of 0. */
  zero: number;
  /** Nothing after this lab time counts. */
  until: number;
}

/** What crossed for one technique. */
export interface Lane {
  technique: Technique;
  requests: LaneMessage[];
  messages: LaneMessage[];
}

export interface LaneMessage {
  message: WireMessage;
  /** Bytes on the wire. */
  bytes: number;
  /** How many messages of the room it brings. */
  brings: number;
  /** The request that it is, or answers. */
  request: LaneMessage | null;
}

const DECODER = new TextDecoder();
const MESSAGE = /"type":"message"/g;

/** What each technique sent and was sent: told by the address of the request, as several may share an origin. */
export function lanesOn({ run, bytesOf, until }: Recorded): Map<Technique, Lane> {
  const lanes = new Map<Technique, Lane>();
  const requests = new Map<string, LaneMessage>();
  const responses = new Map<string, LaneMessage>();
  const sockets = new Map<number, LaneMessage>();
  for (const message of run.messages) {
    if (message.sent > until) break;
    const { record } = message;
    const made = (request: LaneMessage | null): LaneMessage => ({
      message,
      bytes: record.end - record.start,
      brings: message.direction === 'down' ? bringsOf(bytesOf(message)) : 0,
      request,
    });
    let entry: LaneMessage | undefined;
    if (record.kind === 'request') {
      requests.set(message.id, (entry = made(null)));
      if (isUpgrade(message)) sockets.set(message.connection, entry);
    } else if (record.kind === 'response') {
      const request = requests.get(message.peer ?? '');
      if (request) responses.set(message.id, (entry = made(request)));
    } else if (record.kind === 'frame') entry = made(sockets.get(message.connection) ?? null);
    else entry = made(responses.get(message.part ?? '')?.request ?? null);
    const technique = entry && techniqueOf(entry.request ?? entry);
    if (!entry || !technique) continue;
    const lane = lanes.get(technique) ?? { technique, requests: [], messages: [] };
    lanes.set(technique, lane);
    lane.messages.push(entry);
    if (record.kind === 'request') lane.requests.push(entry);
  }
  return lanes;
}

/** A track without what others know of it: the prediction, whether it was kept from connecting, and when all were silent. */
export function trackOf(
  technique: Technique,
  lane: Lane | undefined,
  { run, zero, until }: Recorded,
  handled: readonly (number | null)[],
  dataBytes: number,
  { latencyMs, pollIntervalMs }: { latencyMs: number; pollIntervalMs: number },
): Omit<Track, 'prediction' | 'quiet' | 'clockErrorMs'> {
  const messages = lane?.messages ?? [];
  const requests = lane?.requests ?? [];
  const connections = new Set(messages.map(({ message }) => message.connection));
  const costs = lane
    ? costsOf(technique, lane, latencyMs, pollIntervalMs)
    : { oneMore: null, silentMinute: null };
  const cuts = run.connections.filter(({ id, ended }) => connections.has(id) && ended?.by === 'cut');
  return {
    technique,
    state: requests.some(({ message }) => message.arrived !== null) ? 'open' : 'connecting',
    strokes: messages.map((each) => strokeOf(each, zero, until)),
    exchanges: requests.map((request) => exchangeOf(request, messages, run, zero)),
    cuts: [...new Set(cuts.map(({ ended }) => Math.round(ended!.t - zero)))],
    handled: [...handled],
    requests: requests.length,
    bytes: messages.reduce((sum, { bytes }) => sum + bytes, 0),
    data: dataBytes,
    oneMore: costs.oneMore,
    silentMinute: costs.silentMinute,
  };
}

/** When it sent how much. */
export function crossedOn(lane: Lane | undefined, zero: number): { sent: number; bytes: number }[] {
  return (lane?.messages ?? []).map(({ message, bytes }) => ({ sent: message.sent - zero, bytes }));
}

/** Its exchanges that are no preflights of the browser's own. */
export function heldOn(lane: Lane | undefined, exchanges: readonly Exchange[]): Exchange[] {
  return exchanges.filter((_, index) => !isPreflight(lane!.requests[index]!.message));
}

function strokeOf({ message, brings, request }: LaneMessage, zero: number, until: number): Stroke {
  const { record, direction, sent, arrived, lost } = message;
  const isHead = record.kind === 'request' || record.kind === 'response';
  const isPoll = request && record.kind === 'response' && record.body.framing === 'content-length';
  const isControl = (record.kind === 'frame' && record.opcode >= 8) || (isHead && isPreflight(message));
  const known = arrived !== null && arrived <= until ? arrived - zero : null;
  return {
    direction,
    sent: sent - zero,
    arrived: known,
    lost: lost && sent < until,
    weight: isControl ? 'control' : isHead ? 'head' : 'part',
    empty: Boolean(isPoll) && brings === 0,
  };
}

function exchangeOf(request: LaneMessage, all: readonly LaneMessage[], run: Run, zero: number): Exchange {
  const answer = all.filter((each) => each.request === request && each.message.direction === 'down');
  const [head] = answer;
  const { sent, arrived } = request.message;
  const relative = (t: number | null | undefined): number | null => (t == null ? null : t - zero);
  const socket = isUpgrade(request.message);
  return {
    sent: sent - zero,
    reached: relative(arrived),
    answered: relative(head?.message.sent),
    ended: relative(
      endOf(
        answer,
        run.connections.find(({ id }) => id === request.message.connection),
      ),
    ),
    socket,
  };
}

/** When the last byte of an answer was sent; null while more of it may come. */
function endOf(
  answer: readonly LaneMessage[],
  connection: Run['connections'][number] | undefined,
): number | null {
  const [head] = answer;
  const closed = connection?.ended?.t ?? null;
  const { record } = head?.message ?? {};
  if (record?.kind !== 'response') return closed;
  if (record.body.framing === 'content-length' || record.body.framing === 'none') {
    const isSwitch = 'status' in record.startLine && record.startLine.status === 101;
    return isSwitch ? closed : head!.message.sent;
  }
  const last = answer.at(-1)!.message;
  return last.record.kind === 'chunk' && last.record.last ? last.sent : closed;
}

function bringsOf(bytes: Uint8Array): number {
  return DECODER.decode(bytes).match(MESSAGE)?.length ?? 0;
}

/** By the address that was asked for: `/api/chat/<room>/<technique>`. */
function techniqueOf({ message: { record } }: LaneMessage): Technique | undefined {
  if (record.kind !== 'request' || !('target' in record.startLine)) return undefined;
  const name = /^\/api\/chat\/[^/]+\/([\w-]+)/.exec(record.startLine.target)?.[1];
  return TECHNIQUES.find((technique) => technique === name);
}

function isUpgrade({ record }: WireMessage): boolean {
  return record.kind === 'request' && record.headers.some(({ name }) => name.toLowerCase() === 'upgrade');
}

function isPreflight({ record }: WireMessage): boolean {
  return record.kind === 'request' && 'method' in record.startLine && record.startLine.method === 'OPTIONS';
}
