import type { FrameRecord, WebSocketMessageContent } from '../../dissect/records.ts';
import { textOf } from './curl.ts';
import { headerOf, urlOf, type CopiedRequest } from './request.ts';

/** Fetch §2.2.2: what a script may not set; and what the browser writes better itself. */
const NOT_SETTABLE =
  /^(accept-charset|accept-encoding|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*|user-agent|accept-language|upgrade-insecure-requests)$/i;

/**
 * A request as a script makes it: `fetch`, or what the browser has for streams and sockets.
 *
 * @param events The types of the events that its answer brought.
 */
export function scriptOfRequest(request: CopiedRequest, events: readonly string[] = []): string {
  const url = urlOf(request);
  if (headerOf(request, 'upgrade')?.toLowerCase() === 'websocket') return openSocket(request);
  if (request.method === 'GET' && headerOf(request, 'accept') === 'text/event-stream') {
    return `const source = new EventSource(${literal(url)});\n${listenTo(events)}`;
  }
  const options = [
    ...(request.method === 'GET' ? [] : [`method: ${literal(request.method)}`]),
    ...headerOption(request),
    ...(headerOf(request, 'cookie') === null ? [] : [`credentials: 'include'`]),
    ...(request.body.length > 0 ? [`body: ${bodyLiteral(request.body)}`] : []),
  ];
  const init = options.length === 0 ? '' : `, {\n${options.map((option) => `  ${option},\n`).join('')}}`;
  return `const response = await fetch(${literal(url)}${init});\nconsole.log(await response.text());\n`;
}

/** HTML §9.2: an event of another type than `message` is not heard by `onmessage`. */
function listenTo(events: readonly string[]): string {
  const types = events.filter((type) => type !== 'message');
  const onMessage = 'source.onmessage = (event) => console.log(event.data);\n';
  if (types.length === 0) return onMessage;
  const others = types.map(
    (type) => `source.addEventListener(${literal(type)}, (event) => console.log(event.data));\n`,
  );
  return (types.length < events.length ? onMessage : '') + others.join('');
}

/** `new WebSocket` as this request was made by it. */
function openSocket(request: CopiedRequest): string {
  const url = urlOf(request).replace(/^http/, 'ws');
  const protocols = (headerOf(request, 'sec-websocket-protocol') ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const list = protocols.length === 0 ? '' : `, [${protocols.map(literal).join(', ')}]`;
  return `const ws = new WebSocket(${literal(url)}${list});\n`;
}

/**
 * A frame as code sends it; null where none can: control frames but Close, and parts of messages, are
 * written by the browser alone.
 *
 * @param payload Without its mask.
 * @param opening The request that opened the socket, when the frame is the page's; null for the server's.
 */
export function scriptOfFrame(
  record: FrameRecord,
  payload: Uint8Array,
  content: WebSocketMessageContent | null,
  opening: CopiedRequest | null,
): string | null {
  const call = callOf(record, payload, content);
  if (call === null) return null;
  if (!opening) return `${call}\n`;
  return `${openSocket(opening)}ws.onopen = () => {\n  ${call}\n};\n`;
}

function callOf(
  { opcode, fin, complete }: FrameRecord,
  payload: Uint8Array,
  content: WebSocketMessageContent | null,
): string | null {
  if (!complete || !fin || !content) return null;
  if (opcode === 8) {
    if (content.closeCode === null) return 'ws.close();';
    const reason = content.text === '' ? '' : `, ${literal(content.text)}`;
    return `ws.close(${content.closeCode}${reason});`;
  }
  if (opcode !== 1 && opcode !== 2) return null;
  if (content.inflatedSize === null) {
    const text = opcode === 1 ? textOf(payload) : null;
    return `ws.send(${text === null ? bytesLiteral(payload) : literal(text)});`;
  }
  // Cut texts end with an ellipsis; half a message would be another one.
  return opcode === 1 &&
    content.complete &&
    new TextEncoder().encode(content.text).length === content.inflatedSize
    ? `ws.send(${literal(content.text)});`
    : null;
}

/** Bytes as an expression. */
export function bytesLiteral(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let row = 0; row < bytes.length; row += 12) {
    lines.push(
      Array.from(bytes.subarray(row, row + 12), (byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(
        ', ',
      ),
    );
  }
  if (lines.length <= 1) return `Uint8Array.of(${lines.join('')})`;
  return `new Uint8Array([\n${lines.map((line) => `  ${line},\n`).join('')}])`;
}

function headerOption(request: CopiedRequest): string[] {
  const settable = request.headers.filter(
    ({ name, value }) => !NOT_SETTABLE.test(name) && !(name.toLowerCase() === 'accept' && value === '*/*'),
  );
  if (settable.length === 0) return [];
  // An object has each name once; fields of one name are one list (RFC 9110 §5.3).
  const byName = new Map<string, { name: string; value: string }>();
  for (const { name, value } of settable) {
    const before = byName.get(name.toLowerCase());
    if (before) before.value += `, ${value}`;
    else byName.set(name.toLowerCase(), { name, value });
  }
  const lines = [...byName.values()].map(({ name, value }) => `    ${literal(name)}: ${literal(value)},\n`);
  return [`headers: {\n${lines.join('')}  }`];
}

function bodyLiteral(bytes: Uint8Array): string {
  const text = textOf(bytes);
  return text === null ? bytesLiteral(bytes).replaceAll('\n', '\n  ') : literal(text);
}

/** A string literal. */
export function literal(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`);
  return `'${escaped.replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`)}'`;
}
