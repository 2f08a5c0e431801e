/** What a response hands over: its head with the first part, bytes, its end. */
import { type BodyPart, RESPOND } from '../protocol.ts';
import { call, callText } from './bridge.ts';
import { Buffer } from './buffer.ts';
import { respondText } from './http-response-text.ts';
import type { ServerResponse } from './http-response.ts';
import { allHeaders, finishedHead } from './http-response-head.ts';
import { invalidArgument, nodeError } from './node-error.ts';
import { callSite, siteOf } from './positions.ts';
import { PromisedLength } from './promised-length.ts';
import { acknowledge, type Callback } from './sending.ts';
import { nextTick } from './tasks.ts';

/** A method of `ServerResponse` that a program calls. */
interface Method {
  readonly name: string;
}

/**
 * @param name as the learner knows it: `res.end`
 * @param flags sum of `RESPOND`
 */
export function sendPart(
  response: ServerResponse,
  name: string,
  method: Method,
  part: BodyPart | undefined,
  callback: Callback | undefined,
  flags: number,
): void {
  const head = response.headSent ? 0 : finishedHead(response);
  response.headSent = true;
  if (response.awaited) {
    response.awaited.begun = true;
    if (flags & RESPOND.end) response.awaited.settled = true;
  }
  const site = siteOf(method, name);
  const trailers = (flags & RESPOND.end && response.trailersGiven) || 0;
  const ack = acknowledge(callback) ?? 0;
  const { id } = response;
  callText(
    part === undefined || part === true
      ? respondText(id, site, flags, ack, part ? 1 : 0, 0, head, trailers)
      : respondText(id, site, flags, ack, part.text, part.encoding, head, trailers),
  );
}

/** An informational response (RFC 9110 §15.2). */
export function inform(
  response: ServerResponse,
  kind: 'continue' | 'processing' | 'earlyHints',
  name: string,
  method: Method,
  callback?: Callback,
  hints?: [string, string | string[]][],
): void {
  const position = callSite(method);
  call({ op: 'informational', request: response.id, call: { name, position }, kind, hints });
  if (callback) nextTick(callback as never);
}

/** Why nothing can be written any more. */
export function refusal(response: ServerResponse): Error | undefined {
  if (response.finished) return nodeError('ERR_STREAM_WRITE_AFTER_END', 'write after end');
  if (response.destroyed)
    return nodeError('ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
  return undefined;
}

/** As Node's onError: the callback and the event come later; a destroyed response emits none. */
export function failLater(response: ServerResponse, error: Error, callback: Callback | undefined): void {
  nextTick(() => {
    callback?.(error);
    if (!response.destroyed) response.emit('error', error);
  });
}

/** `strictContentLength`. @param last by `end()` */
export function keepLength(response: ServerResponse, chunk: unknown, last: boolean): void {
  if (response.req.method === 'HEAD' || [204, 304].includes(response.statusCode)) return;
  const headers = allHeaders(response);
  const length = (response.promisedLength ??= new PromisedLength());
  if (response.headMade) length.promise(headers);
  if (chunk !== undefined) length.add(Buffer.byteLength(chunk), last);
  length.promise(headers);
  if (last) length.finish();
}

export function checkChunk(chunk: unknown): void {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return;
  throw invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
}

/** Bytes of a part; of short text about as many as it has characters. */
export function sizeOf(chunk: unknown): number {
  if (chunk instanceof Uint8Array) return chunk.length;
  const text = chunk as string;
  return text.length < 1024 ? text.length : Buffer.byteLength(text);
}
