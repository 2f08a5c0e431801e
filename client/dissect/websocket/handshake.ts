/** RFC 6455 §4: what both sides have to say before the first frame. */
import type { Deflate } from '../http1/exchange.ts';
import { linesOf, valuesOf, type Finding } from '../http1/findings.ts';
import type { HttpMessageRecord } from '../records.ts';
import { isToken, latin1Bytes } from '../text.ts';
import { deflateFindings, deflateOf, extensionsOf } from './extensions.ts';
import { sha1 } from './sha1.ts';

/** §1.3: joined to the key, so that only a server that knows WebSocket can answer. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Whether this stands for sixteen bytes in base64 (RFC 4648 §4). */
export function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{21}[AQgw]==$/.test(text);
}

/** Does this message ask for a switch to WebSocket, or grant one? */
export function namesWebSocket(message: HttpMessageRecord): boolean {
  return valuesOf(message, 'upgrade').some((protocol) => protocol.toLowerCase() === 'websocket');
}

/** §4.2.2: how `Sec-WebSocket-Accept` follows from the key. */
export interface AcceptSteps {
  /** The key, and behind it the GUID of §1.3. */
  joined: string;
  /** SHA-1 of that: 20 bytes. */
  digest: Uint8Array;
  /** The digest in base64. */
  accept: string;
}

/** §4.2.2: computes `Sec-WebSocket-Accept` step by step. */
export function acceptSteps(key: string): AcceptSteps {
  const joined = key + GUID;
  const digest = sha1(latin1Bytes(joined));
  return { joined, digest, accept: btoa(String.fromCharCode(...digest)) };
}

/** §4.1, §4.2.1: what is wrong with a request that asks for WebSocket. */
export function judgeRequest(message: HttpMessageRecord): Finding[] {
  const found: Finding[] = [];
  const { startLine } = message;
  if ('method' in startLine && startLine.method !== 'GET') found.push({ reason: 'wsMethod' });
  if (startLine.version === 'HTTP/1.0') found.push({ reason: 'wsHttpVersion' });
  if (!saysUpgrade(message)) found.push({ reason: 'wsConnection', header: 'connection' });
  const keys = linesOf(message, 'sec-websocket-key');
  if (keys.length === 0) found.push({ reason: 'wsNoKey' });
  else if (keys.length > 1 || !isKey(keys[0]!)) found.push({ reason: 'wsKey', header: 'sec-websocket-key' });
  const versions = linesOf(message, 'sec-websocket-version');
  if (versions.length !== 1 || versions[0] !== '13') {
    found.push({ reason: 'wsVersion', header: 'sec-websocket-version' });
  }
  const protocols = valuesOf(message, 'sec-websocket-protocol');
  if (new Set(protocols).size < protocols.length || !protocols.every(isToken)) {
    found.push({ reason: 'wsProtocolList', header: 'sec-websocket-protocol' });
  }
  if (extensionsOf(message) === null)
    found.push({ reason: 'wsExtensionList', header: 'sec-websocket-extensions' });
  return found;
}

/** What follows from a 101 that grants WebSocket. */
export interface Granted {
  deflate: Deflate | null;
  /** Null when the request is not known. */
  expectedAccept: string | null;
  findings: Finding[];
}

/** §4.1, §4.2.2: what a 101 agrees on, and what is wrong with it, given the request if that is known. */
export function judgeGrant(message: HttpMessageRecord, request: HttpMessageRecord | undefined): Granted {
  const findings: Finding[] = [];
  if (!saysUpgrade(message)) findings.push({ reason: 'wsConnection', header: 'connection' });
  const key = request && linesOf(request, 'sec-websocket-key')[0];
  const expectedAccept = key === undefined ? null : acceptSteps(key).accept;
  const accepts = linesOf(message, 'sec-websocket-accept');
  if (accepts.length === 0) findings.push({ reason: 'wsNoAccept' });
  else if (accepts.length > 1 || (expectedAccept !== null && accepts[0] !== expectedAccept)) {
    findings.push({ reason: 'wsAccept', header: 'sec-websocket-accept' });
  }
  const chosen = linesOf(message, 'sec-websocket-protocol');
  const offered = request && valuesOf(request, 'sec-websocket-protocol');
  if (chosen.length > 1 || (offered && chosen.some((protocol) => !offered.includes(protocol)))) {
    findings.push({ reason: 'wsProtocol', header: 'sec-websocket-protocol' });
  }
  const extensions = extensionsOf(message);
  if (extensions === null) findings.push({ reason: 'wsExtensionList', header: 'sec-websocket-extensions' });
  findings.push(...deflateFindings(extensions ?? [], request && extensionsOf(request)));
  return { deflate: deflateOf(extensions ?? []), expectedAccept, findings };
}

/** Whether `Connection` has the option that goes with `Upgrade` (RFC 9110 §7.8). */
export function saysUpgrade(message: HttpMessageRecord): boolean {
  return valuesOf(message, 'connection').some((option) => option.toLowerCase() === 'upgrade');
}
