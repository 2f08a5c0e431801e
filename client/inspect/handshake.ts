import type { Run, WireMessage } from '../capture/run.ts';
import { isHttpMessage, type WireRecord } from '../dissect/records.ts';

/** The opening handshake of a WebSocket, seen from its request or its response. */
export interface Handshake {
  /** `Sec-WebSocket-Key` as the request has it. */
  key: string;
  /** `Sec-WebSocket-Accept` as the response has it; null when it has none, or there is no 101 (yet). */
  accept: string | null;
  /** What the answer has done so far. */
  answer: 'awaited' | 'refused' | 'granted';
  /** The header line at which the computation is shown. */
  shownAt: 'sec-websocket-key' | 'sec-websocket-accept';
}

/** The handshake that a message is half of; null when it is none. */
export function handshakeOf(run: Run | null, message: WireMessage): Handshake | null {
  const { record } = message;
  const peer = message.peer === null ? undefined : run?.messages.get(message.peer)?.record;
  const request = message.direction === 'up' ? record : peer;
  const response = message.direction === 'up' ? peer : record;
  const key = valueOf(request, 'sec-websocket-key');
  if (key === null) return null;
  const status =
    response && isHttpMessage(response) && 'status' in response.startLine ? response.startLine.status : null;
  if (message.direction === 'down' && status !== 101) return null;
  return {
    key,
    accept: status === 101 ? valueOf(response, 'sec-websocket-accept') : null,
    answer: status === null ? 'awaited' : status === 101 ? 'granted' : 'refused',
    shownAt: message.direction === 'up' ? 'sec-websocket-key' : 'sec-websocket-accept',
  };
}

function valueOf(record: WireRecord | undefined, name: string): string | null {
  if (!record || !isHttpMessage(record)) return null;
  return record.headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
}
