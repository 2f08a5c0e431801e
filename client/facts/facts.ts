import type { ConsoleValue } from '#protocol/console';
import type {
  ConnectionFact,
  FrameFact,
  RequestFact,
  ResponseFact,
  SocketFact,
  WireFacts,
} from '../../lessons/facts.ts';
import { median } from '../capture/index.ts';
import type { Run, WireMessage } from '../capture/run.ts';
import type { HttpMessageRecord } from '../dissect/records.ts';

/** Of a longer body the rest is not given to lessons. */
const TEXT_BYTES = 64 * 1024;
/** Messages that are looked at: a lesson is about the first minutes of a run, not about a flood. */
const MESSAGES = 5_000;

/** A message that has not changed since has the same fact: a flood is not read again and again. */
const FRAME_FACTS = new WeakMap<WireMessage, FrameFact>();
const DECODER = new TextDecoder();

type BytesOf = (message: WireMessage) => Uint8Array;
type Requests = Map<string, RequestFact>;
type Responses = Map<string, ResponseFact>;

/** Messages that are read between two looks at the clock. */
const AT_A_TIME = 50;

/**
 * Reads messages that `factsOf` will ask for, from place `from` on, for `ms` at most. Returns the place behind the
 * last one that was read; null when none is left. A flood read all at once would hold up the screen.
 */
export function readAhead(run: Run, bytesOf: BytesOf, from: number, ms: number): number | null {
  const end = Math.min(run.messages.length, MESSAGES);
  const until = performance.now() + ms;
  for (let at = from; at < end; at += AT_A_TIME) {
    if (at > from && performance.now() >= until) return at;
    for (const message of run.messages.slice(at, Math.min(end, at + AT_A_TIME))) {
      if (message.record.kind === 'frame') frameFact(message, bytesOf);
    }
  }
  return null;
}

export function factsOf(run: Run, bytesOf: BytesOf): WireFacts {
  const messages = run.messages.slice(0, MESSAGES);
  const connections = run.connections.map(connectionFact);
  const requests: Requests = new Map();
  const responses: Responses = new Map();
  const sockets = new Map<number, SocketFact>();
  for (const message of messages) {
    const { record } = message;
    if (record.kind === 'request') requests.set(message.id, requestFact(run, message, record, bytesOf));
    else if (record.kind === 'response') {
      responses.set(message.id, responseFact(message, record, bytesOf));
      answer(message, record, requests, responses, sockets);
    } else if (record.kind === 'chunk' || record.kind === 'body') {
      addPart(message, requests.get(message.part ?? ''), responses.get(message.part ?? ''), bytesOf);
    } else if (record.kind === 'frame') {
      sockets.get(message.connection)?.[message.direction].push(frameFact(message, bytesOf));
    }
  }
  const deliveries = run.deliveries.map(({ name, created, handled }) => ({ name, created, handled }));
  return {
    now: run.end,
    live: run.live,
    profile: run.profile ?? null,
    whole: run.gaps.length === 0 && messages.length === run.messages.length,
    requests: [...requests.values()],
    sockets: [...sockets.values()],
    connections,
    deliveries,
    console: run.console.map(({ side, level, values, t }) => ({ side, level, text: textOf(values), t })),
    page: run.jsEvents.slice(0, MESSAGES).map(({ text, t, bad }) => ({ text, t, bad })),
    medianDelayMs: median(
      deliveries.flatMap(({ created, handled }) =>
        created === null || handled === null ? [] : [handled - created],
      ),
    ),
    overhead: overheadOf(messages),
  };
}

function connectionFact({ id, port, by, opened, ended }: Run['connections'][number]): ConnectionFact {
  return { id, port, byHand: by === 'workbench', opened, ended: ended ? { t: ended.t, by: ended.by } : null };
}

function requestFact(
  run: Run,
  message: WireMessage,
  record: HttpMessageRecord,
  bytesOf: BytesOf,
): RequestFact {
  const line = record.startLine as Extract<HttpMessageRecord['startLine'], { method: string }>;
  const headers = headersOf(record);
  return {
    id: message.id,
    connection: message.connection,
    port: run.connections.find(({ id }) => id === message.connection)?.port ?? 0,
    page: message.page,
    method: line.method,
    target: line.target,
    headers,
    body: bodyOf(message, record, bytesOf),
    sent: message.sent,
    arrived: message.arrived,
    byHand: message.by === 'workbench',
    // Fetch §4.8: a preflight is known by this field; an OPTIONS of the page's own has none.
    preflight: line.method === 'OPTIONS' && headers['access-control-request-method'] !== undefined,
    bytes: record.end - record.start,
    response: null,
  };
}

function responseFact(message: WireMessage, record: HttpMessageRecord, bytesOf: BytesOf): ResponseFact {
  const line = record.startLine as Extract<HttpMessageRecord['startLine'], { status: number }>;
  const streams = record.body.framing === 'chunked' || record.body.framing === 'until-close';
  return {
    id: message.id,
    status: line.status,
    headers: headersOf(record),
    body: bodyOf(message, record, bytesOf),
    sent: message.sent,
    arrived: message.arrived,
    done: streams ? null : message.arrived,
    bytes: record.end - record.start,
    chunks: [],
    ...contentsOf(message),
    handled: message.handled,
  };
}

/** Gives a response to its request; with 101, the connection is a socket from then on. */
function answer(
  message: WireMessage,
  record: HttpMessageRecord,
  requests: Requests,
  responses: Responses,
  sockets: Map<number, SocketFact>,
): void {
  const request = requests.get(message.peer ?? '');
  if (!request) return;
  request.response = responses.get(message.id)!;
  if (request.headers.upgrade?.toLowerCase() !== 'websocket') return;
  const isOpen = 'status' in record.startLine && record.startLine.status === 101;
  sockets.set(message.connection, {
    connection: message.connection,
    handshake: request,
    opened: isOpen ? message.arrived : null,
    up: [],
    down: [],
  });
}

/** A chunk, or a body until close, becomes a part of its message. */
function addPart(
  message: WireMessage,
  request: RequestFact | undefined,
  response: ResponseFact | undefined,
  bytesOf: BytesOf,
): void {
  const { record, id, sent, arrived } = message;
  const whole = request ?? response;
  if (!whole) return;
  const text = dataOf(message, bytesOf);
  whole.bytes += record.end - record.start;
  whole.body = (whole.body + text).slice(0, TEXT_BYTES);
  if (!response) return;
  const { events, calls } = contentsOf(message);
  response.events.push(...events);
  response.calls.push(...calls);
  response.handled ??= message.handled;
  if (record.kind === 'chunk' && !record.last) {
    response.chunks.push({ id, sent, arrived, size: record.size, text });
  } else if (record.complete) response.done = arrived;
}

/** What begins in this message; what goes on from an earlier one was told there. */
function contentsOf({ record, contents }: WireMessage): Pick<ResponseFact, 'events' | 'calls'> {
  const begun = contents.filter(({ ranges }) => (ranges[0]?.start ?? -1) >= record.start);
  return {
    events: begun.flatMap((content) =>
      content.kind === 'sse-event'
        ? [
            {
              event: content.event,
              data: content.data,
              id: content.lastEventId,
              retry: content.retry,
              dispatched: content.dispatched,
            },
          ]
        : [],
    ),
    calls: begun.flatMap((content) =>
      content.kind === 'script-call' ? [{ callee: content.callee, payload: content.payload }] : [],
    ),
  };
}

function frameFact(message: WireMessage, bytesOf: BytesOf): FrameFact {
  let fact = FRAME_FACTS.get(message);
  if (!fact) FRAME_FACTS.set(message, (fact = makeFrameFact(message, bytesOf)));
  return fact;
}

function makeFrameFact(message: WireMessage, bytesOf: BytesOf): FrameFact {
  const { record, id, sent, arrived, contents } = message;
  if (record.kind !== 'frame') throw new Error('not a frame');
  const content = contents.find((each) => each.kind === 'websocket-message');
  return {
    id,
    sent,
    arrived,
    fin: record.fin,
    opcode: record.opcode,
    masked: record.maskingKey !== null,
    rsv: record.rsv,
    size: record.payloadLength,
    bytes: record.end - record.start,
    text: decode(payloadOf(message, bytesOf)),
    closeCode: content?.kind === 'websocket-message' ? content.closeCode : null,
    malformed: record.malformed.map(({ reason }) => reason),
  };
}

/** RFC 6455 §5.3: the payload without its mask. */
function payloadOf(message: WireMessage, bytesOf: BytesOf): Uint8Array {
  const { record } = message;
  if (record.kind !== 'frame') return new Uint8Array();
  const payload = bytesOf(message).slice(record.headerLength, record.headerLength + TEXT_BYTES);
  const { maskingKey } = record;
  if (maskingKey === null) return payload;
  return payload.map((byte, index) => byte ^ ((maskingKey >>> (24 - 8 * (index % 4))) & 0xff));
}

function headersOf(record: HttpMessageRecord): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, value } of record.headers) {
    const key = name.toLowerCase();
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  }
  return headers;
}

function bodyOf(message: WireMessage, record: HttpMessageRecord, bytesOf: BytesOf): string {
  if (record.end - record.start <= record.bodyStart) return '';
  return decode(bytesOf(message).subarray(record.bodyStart, record.bodyStart + TEXT_BYTES));
}

/** Chunk data without its size line and line end. */
function dataOf(message: WireMessage, bytesOf: BytesOf): string {
  const { record } = message;
  const bytes = bytesOf(message);
  if (record.kind !== 'chunk') return decode(bytes.subarray(0, TEXT_BYTES));
  const line = bytes.indexOf(10) + 1;
  return decode(bytes.subarray(line, line + Math.min(record.size, TEXT_BYTES)));
}

function decode(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}

/** A console line as plain text, near enough to find words in it. */
function textOf(values: ConsoleValue[]): string {
  return values.map((value) => ('text' in value ? String(value.text) : '')).join(' ');
}

function overheadOf(messages: WireMessage[]): number | null {
  let [total, data] = [0, 0];
  for (const { record } of messages) {
    total += record.end - record.start;
    data += record.data;
  }
  return total === 0 ? null : 1 - data / total;
}
