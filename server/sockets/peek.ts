/**
 * Reads just enough of a new connection to know whose it is.
 */
import type { Socket } from 'node:net';
import { monotonicMs } from '../clock.ts';

export interface Peeked {
  /** What was read so far, empty when the client said nothing; the next owner must begin with it. */
  bytes: Buffer;
  /** When its first byte was read, or (when none was) it was accepted, `monotonicMs()`. */
  at: number;
}

/** Longest head that is read before deciding; Node's own limit for a request head. */
const LONGEST_PEEK_BYTES = 16 * 1024;

/** What is done with a connection whose client says nothing. */
export interface Silence<T> {
  afterMs: number;
  answer: T;
}

/**
 * Calls `decide` with all bytes read so far until it does not answer `undefined`, then hands its answer
 * on. A connection that ends or grows too long before is dropped; so is nobody whose `silence` is provided
 * for: what was read until then, often nothing, goes with that answer.
 */
export function peek<T>(
  socket: Socket,
  decide: (bytes: Buffer) => T | undefined,
  then: (answer: T, peeked: Peeked) => void,
  silence?: Silence<T>,
): void {
  let bytes: Buffer = Buffer.alloc(0);
  let at = monotonicMs();
  const onData = (chunk: Buffer): void => {
    if (bytes.length === 0) at = monotonicMs();
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    const answer = decide(bytes);
    if (answer === undefined && bytes.length < LONGEST_PEEK_BYTES) return;
    settle(answer);
  };
  const settle = (answer: T | undefined): void => {
    clearTimeout(timer);
    socket.off('data', onData);
    socket.off('error', drop);
    socket.off('end', drop);
    if (answer === undefined) drop();
    else then(answer, { bytes, at });
  };
  const timer = silence && setTimeout(() => settle(silence.answer), silence.afterMs);
  const drop = (): void => {
    clearTimeout(timer);
    socket.destroy();
  };
  socket.on('data', onData);
  socket.on('error', drop);
  socket.on('end', drop);
}

/** Whether `bytes` begin with `prefix`; `undefined` while there are too few to tell. */
export function beginsWith(bytes: Buffer, prefix: Buffer): boolean | undefined {
  const known = Math.min(bytes.length, prefix.length);
  if (bytes.compare(prefix, 0, known, 0, known) !== 0) return false;
  return bytes.length >= prefix.length ? true : undefined;
}

/** The Host of an HTTP/1.1 request head without its port, lower case; `undefined` while the head is incomplete, '' when it has none. */
export function hostOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text.slice(0, text.lastIndexOf('\r\n') + 2) : text.slice(0, end + 2);
  const host = /^host:[ \t]*([^\r\n]*?)(?::\d+)?[ \t]*\r$/im.exec(head)?.[1];
  return host?.toLowerCase() ?? (end < 0 ? undefined : '');
}
