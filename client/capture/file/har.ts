/**
 * HAR 1.2 of a run: one entry for each request, as browsers export it. WebSocket messages are
 * in `_webSocketMessages`, the form that Chrome gives them; fields that begin with `_` are allowed to everyone.
 */
import { isHttpMessage, type HttpMessageRecord } from '../../dissect/records.ts';
import { base64Of } from '../base64.ts';
import type { MessageList, Run, WireMessage } from '../run.ts';

interface NameValue {
  name: string;
  value: string;
}

interface HarWebSocketMessage {
  type: 'send' | 'receive';
  /** Seconds since 1970. */
  time: number;
  opcode: number;
  data: string;
}

export interface HarEntry {
  startedDateTime: string;
  time: number;
  request: {
    method: string;
    url: string;
    httpVersion: string;
    cookies: NameValue[];
    headers: NameValue[];
    queryString: NameValue[];
    postData?: { mimeType: string; text: string; params: NameValue[]; comment?: string };
    headersSize: number;
    bodySize: number;
  };
  response: {
    status: number;
    statusText: string;
    httpVersion: string;
    cookies: NameValue[];
    headers: NameValue[];
    content: { size: number; mimeType: string; text?: string; encoding?: 'base64'; comment?: string };
    redirectURL: string;
    headersSize: number;
    bodySize: number;
  };
  cache: Record<string, never>;
  timings: { send: number; wait: number; receive: number };
  connection: string;
  comment?: string;
  _webSocketMessages?: HarWebSocketMessage[];
}

export interface Har {
  log: {
    version: '1.2';
    creator: { name: string; version: string };
    entries: HarEntry[];
  };
}

/** What was not answered, or whose answer was not recorded, has status 0: so do browsers. */
const NO_RESPONSE: HarEntry['response'] = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
};

const DECODER = new TextDecoder('utf-8', { fatal: true });

interface Exchange {
  request: WireMessage;
  response: WireMessage | null;
  /** Chunks, the body, or frames in either direction, in order. */
  parts: WireMessage[];
}

/** @param bytesOf the recorded bytes of a message. */
export function harOf(run: Run, bytesOf: (message: WireMessage) => Uint8Array): Har {
  const entries = exchangesOf(run.messages).map((exchange) => entryOf(run, exchange, bytesOf));
  return { log: { version: '1.2', creator: { name: '101 Switching Protocols', version: '1' }, entries } };
}

function exchangesOf(messages: MessageList): Exchange[] {
  const exchanges: Exchange[] = [];
  const byHead = new Map<string, Exchange>();
  /** By connection: the exchange that switched it. */
  const switched = new Map<number, Exchange>();
  for (const message of messages) {
    const { kind } = message.record;
    if (kind === 'request') {
      const exchange: Exchange = { request: message, response: null, parts: [] };
      exchanges.push(exchange);
      byHead.set(message.id, exchange);
    } else if (kind === 'response') {
      const exchange = byHead.get(message.peer ?? '');
      if (!exchange) continue;
      exchange.response = message;
      byHead.set(message.id, exchange);
      if (statusOf(message) === 101) switched.set(message.connection, exchange);
    } else if (kind === 'frame') switched.get(message.connection)?.parts.push(message);
    else byHead.get(message.part ?? '')?.parts.push(message);
  }
  return exchanges;
}

function entryOf(run: Run, exchange: Exchange, bytesOf: (message: WireMessage) => Uint8Array): HarEntry {
  const { request, response, parts } = exchange;
  const isSocket = response !== null && statusOf(response) === 101;
  const down = isSocket ? [] : parts.filter(({ direction }) => direction === 'down');
  const last = down.at(-1) ?? response;
  const sent = (request.arrived ?? request.sent) - request.sent;
  const wait = response ? Math.max(0, response.sent - request.sent - sent) : 0;
  const end = last ? (last.arrived ?? run.end) : request.sent + sent;
  const receive = response ? Math.max(0, end - response.sent) : 0;
  const entry: HarEntry = {
    startedDateTime: new Date(run.startedAt + request.sent).toISOString(),
    time: rounded(sent + wait + receive),
    request: requestOf(run, request, parts, bytesOf, isSocket),
    response: response ? responseOf(response, down, bytesOf) : NO_RESPONSE,
    cache: {},
    timings: { send: rounded(sent), wait: rounded(wait), receive: rounded(receive) },
    connection: String(request.connection),
  };
  if (request.lost || response?.lost) entry.comment = 'The connection ended before everything had arrived.';
  if (isSocket) {
    entry._webSocketMessages = parts.flatMap((frame) => socketMessagesOf(run, frame));
  }
  return entry;
}

function requestOf(
  run: Run,
  message: WireMessage,
  parts: WireMessage[],
  bytesOf: (message: WireMessage) => Uint8Array,
  isSocket: boolean,
): HarEntry['request'] {
  const record = message.record as HttpMessageRecord;
  const line = record.startLine as Extract<HttpMessageRecord['startLine'], { method: string }>;
  const url = urlOf(run, message, line.target, isSocket);
  const body = bodyOf(message, isSocket ? [] : parts.filter(({ direction }) => direction === 'up'), bytesOf);
  const request: HarEntry['request'] = {
    method: line.method,
    url,
    httpVersion: line.version,
    cookies: cookiesOf(valuesOf(record, 'cookie').flatMap((value) => value.split(';'))),
    headers: record.headers,
    queryString: queryOf(url),
    headersSize: record.bodyStart,
    bodySize: body.wireSize,
  };
  if (body.bytes.length > 0) {
    const { text, encoding } = textOf(body.bytes);
    request.postData = { mimeType: valuesOf(record, 'content-type')[0] ?? '', text, params: [] };
    // HAR has an encoding for what came, none for what was sent.
    if (encoding) request.postData.comment = 'The text is the body in base64: it is not UTF-8.';
  }
  return request;
}

function responseOf(
  message: WireMessage,
  parts: WireMessage[],
  bytesOf: (message: WireMessage) => Uint8Array,
): HarEntry['response'] {
  const record = message.record as HttpMessageRecord;
  const line = record.startLine as Extract<HttpMessageRecord['startLine'], { status: number }>;
  const body = bodyOf(message, parts, bytesOf);
  const mimeType = valuesOf(record, 'content-type')[0] ?? 'x-unknown';
  return {
    status: line.status,
    statusText: line.reason,
    httpVersion: line.version,
    cookies: cookiesOf(valuesOf(record, 'set-cookie').map((value) => value.split(';', 1)[0]!)),
    headers: record.headers,
    content: { size: body.bytes.length, mimeType, ...(body.bytes.length > 0 ? textOf(body.bytes) : {}) },
    redirectURL: valuesOf(record, 'location')[0] ?? '',
    headersSize: record.bodyStart,
    bodySize: body.wireSize,
  };
}

/** The body without its framing, and the bytes it took on the wire. */
function bodyOf(
  message: WireMessage,
  parts: WireMessage[],
  bytesOf: (message: WireMessage) => Uint8Array,
): { bytes: Uint8Array; wireSize: number } {
  const { bodyStart, start, end } = message.record as HttpMessageRecord;
  const pieces = [bytesOf(message).subarray(bodyStart)];
  let wireSize = end - start - bodyStart;
  for (const part of parts) {
    const { record } = part;
    wireSize += record.end - record.start;
    const bytes = bytesOf(part);
    if (record.kind === 'body') pieces.push(bytes);
    if (record.kind !== 'chunk') continue;
    const from = bytes.indexOf(0x0a) + 1;
    pieces.push(bytes.subarray(from, from + record.size));
  }
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return { bytes: whole, wireSize };
}

/** Each message once, in its last frame. */
function socketMessagesOf(run: Run, frame: WireMessage): HarWebSocketMessage[] {
  return frame.contents.flatMap((content) => {
    const ends = content.ranges.at(-1)?.end === frame.record.end;
    if (content.kind !== 'websocket-message' || !content.complete || !ends) return [];
    const { opcode, text } = content;
    if (opcode > 2) return []; // Control frames are no messages.
    const isText = opcode === 1;
    return [
      {
        type: frame.direction === 'up' ? 'send' : 'receive',
        time: (run.startedAt + frame.sent) / 1000,
        opcode,
        data: isText ? text : base64OfHex(text),
      },
    ];
  });
}

function statusOf({ record }: WireMessage): number {
  return isHttpMessage(record) && 'status' in record.startLine ? record.startLine.status : 0;
}

function valuesOf(record: HttpMessageRecord, name: string): string[] {
  return record.headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
}

/** The request target as an absolute URL (RFC 9112 §3.3): from Host, or from the port that the code listens on. */
function urlOf(run: Run, message: WireMessage, target: string, isSocket: boolean): string {
  const host = valuesOf(message.record as HttpMessageRecord, 'host')[0];
  const connection = run.connections.find(({ id }) => id === message.connection);
  const origin = `${isSocket ? 'ws' : 'http'}://${host ?? `localhost:${connection?.port ?? 80}`}`;
  return URL.canParse(target, origin) ? new URL(target, origin).href : `${origin}/`;
}

function queryOf(url: string): NameValue[] {
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}

function cookiesOf(pairs: string[]): NameValue[] {
  return pairs.flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [] : [{ name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() }];
  });
}

/** Text where the bytes are UTF-8, base64 where they are not. */
function textOf(bytes: Uint8Array): { text: string; encoding?: 'base64' } {
  try {
    return { text: DECODER.decode(bytes) };
  } catch {
    return { text: base64Of(bytes), encoding: 'base64' };
  }
}

/** Payloads that are no text are recorded as hex, cut with an ellipsis when they are long. */
function base64OfHex(text: string): string {
  const pairs = text.replace(/[^0-9a-f]/gi, '').match(/../g) ?? [];
  return base64Of(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
