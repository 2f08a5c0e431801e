import type { CutMode } from '#protocol/telemetry';
import { contentsEndingIn } from '../capture/index.ts';
import type { Connection, Run, WireMessage } from '../capture/run.ts';
import { type ContentRecord, type FrameRecord, isHttpMessage } from '../dissect/records.ts';
import { shorten } from './format.ts';

/** The message of this id. */
export function messageOf(run: Run | null, id: string | null | undefined): WireMessage | null {
  if (!run || id === null || id === undefined) return null;
  return run.messages.get(id) ?? null;
}

export interface Title {
  long: string;
  /** For tight places. */
  short: string;
}

/** RFC 6455 §5.2 and §11.8. */
const OPCODES: Record<number, string> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};
const LONGEST_TEXT = 24;
const SHORTEST_TEXT = 8;

/** What a message is, in the terms of its protocol: `GET /messages`, `200 OK`, `tick 3`, `ping`. */
export function titleOf(message: WireMessage): Title {
  const { record } = message;
  if (record.kind === 'frame') return titleOfFrame(message, record);
  if (!isHttpMessage(record)) {
    const size = `${sizeOf(message)} B`;
    const carried = contentsEndingIn(message).map(titleOfContent);
    if (carried.length > 0) {
      return {
        long: carried.map(({ long }) => long).join(', '),
        short: carried.length > 1 ? `${carried[0]!.short} …` : carried[0]!.short,
      };
    }
    return record.kind === 'chunk' && record.last
      ? { long: '0 chunk', short: '0' }
      : { long: size, short: size };
  }
  if ('method' in record.startLine) {
    const { method, target } = record.startLine;
    return { long: `${method} ${target}`, short: method };
  }
  const { status, reason } = record.startLine;
  return { long: reason ? `${status} ${reason}` : String(status), short: String(status) };
}

function titleOfFrame({ contents }: WireMessage, { opcode, fin }: FrameRecord): Title {
  const name = OPCODES[opcode] ?? `opcode ${opcode}`;
  const content = contents.find((each) => each.kind === 'websocket-message');
  if (opcode >= 8) {
    const code = content?.closeCode ?? null;
    return { long: code === null ? name : `${name} ${code}`, short: name };
  }
  // A message in several frames is quoted with its last one; a frame of it is only named.
  if (!content || !fin || opcode === 2 || content.opcode === 2) return { long: name, short: name };
  return titleOfContent(content);
}

/** What code is handed, in few words. */
export function titleOfContent(content: ContentRecord): Title {
  if (content.kind === 'sse-event') {
    const { event, lastEventId } = content;
    return { long: lastEventId === '' ? event : `${event} ${lastEventId}`, short: lastEventId || event };
  }
  if (content.kind === 'script-call') {
    const name = content.callee.slice(content.callee.lastIndexOf('.') + 1);
    return { long: `${content.callee}(…)`, short: `${shorten(name, SHORTEST_TEXT)}(…)` };
  }
  if (content.opcode === 2) return { long: `binary ${content.size} B`, short: `${content.size} B` };
  const text = content.text.replace(/\s+/g, ' ');
  return { long: shorten(text, LONGEST_TEXT), short: shorten(text, SHORTEST_TEXT) };
}

/** The learner's last cut: a reset, or a silence that goes on; null without any. */
export function lastCutOf(connections: readonly Connection[]): { mode: CutMode; t: number } | null {
  let last: { mode: CutMode; t: number } | null = null;
  for (const { ended, silentSince } of connections) {
    if (ended?.by === 'cut' && ended.t >= (last?.t ?? 0)) last = { mode: 'reset', t: ended.t };
    else if (silentSince !== undefined && silentSince >= (last?.t ?? 0))
      last = { mode: 'silence', t: silentSince };
  }
  return last;
}

/** RFC 6455 §5.5: ping, pong, close. */
export function isControl({ record }: WireMessage): boolean {
  return record.kind === 'frame' && record.opcode >= 8;
}

/** Fetch's CORS preflight, and the answer to one. */
export function isPreflight(run: Run, message: WireMessage): boolean {
  const asked = message.direction === 'up' ? message : messageOf(run, message.peer);
  if (!asked || !isHttpMessage(asked.record) || !('method' in asked.record.startLine)) return false;
  if (asked.record.startLine.method !== 'OPTIONS') return false;
  return headerOf(asked, 'access-control-request-method') !== null;
}

/** The first value of a header field, by its name in lower case. */
export function headerOf({ record }: WireMessage, name: string): string | null {
  if (!isHttpMessage(record)) return null;
  return record.headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
}

/** Bytes of a message that entered the wire. */
export function sizeOf(message: WireMessage): number {
  return message.segments.reduce((sum, segment) => sum + segment.end - segment.start, 0);
}

/** Request and response of the exchange a message is part of; null where one is not there (yet). */
export function exchangeOf(run: Run, message: WireMessage) {
  const peer = messageOf(run, message.peer);
  return message.direction === 'up'
    ? { request: message, response: peer }
    : { request: peer, response: message };
}

/** How long the server held a request: from its arrival to the first byte of its response, ms. */
export function heldFor(run: Run, message: WireMessage): number | null {
  if (message.record.kind !== 'request' || message.arrived === null) return null;
  const response = messageOf(run, message.peer);
  return response ? Math.max(0, response.sent - message.arrived) : null;
}

/** When a proxy had the first byte of a message, and passed on the last; `left` null while it holds some. */
export function proxyTimes({ segments }: WireMessage): { reached: number; left: number | null } | null {
  const first = segments.find(({ proxy }) => proxy !== undefined)?.proxy;
  return first ? { reached: first.reached, left: segments.at(-1)?.proxy?.left ?? null } : null;
}

/** What a message carries, by name: marked deliveries, and what is in bodies and frames where its title does not say it. */
export function carriedBy(message: WireMessage): string[] {
  const contents = contentsEndingIn(message).map(describeContent);
  return [...message.deliveries, ...contents];
}

function describeContent(content: ContentRecord): string {
  if (content.kind === 'sse-event') return `${content.event}: ${content.data}`;
  if (content.kind === 'script-call') return `${content.callee}(${content.payload})`;
  return content.text;
}
