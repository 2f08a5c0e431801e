/**
 * The guest's only way out: calls collected during a turn, and one host function for what cannot wait.
 *
 * The host function is handed over once at priming and lives in this module's closure; no global names it.
 */
import { HOST_CALL, type GuestCalls, MAILBOX_LENGTH } from '../protocol.ts';

export type HostFunction = (code: number, ...args: unknown[]) => unknown;

// Taken before any learner code runs: later changes of the globals do not reach the bridge.
const { stringify } = JSON;
const nativeNow = performance.now.bind(performance);

let host: HostFunction = () => undefined;
let calls: string[] = [];
/** Characters collected since the last hand-over. */
let size = 0;
const FLUSH_AT = 256 * 1024;

/** Read by the worker after each turn; see `MAILBOX`. */
export const mailbox = new Float64Array(MAILBOX_LENGTH);

export function connectHost(fn: HostFunction): void {
  host = fn;
}

/** Adds a call to the turn's list. What it says is fixed now, not at the end of the turn. */
export function call(message: GuestCalls[number]): void {
  callText(stringify(message));
}

/** The same for a call that is JSON already (`http-response-text.ts`). */
export function callText(text: string): void {
  calls[calls.length] = text;
  size += text.length;
  if (size > FLUSH_AT) host(HOST_CALL.flush, takeCalls());
}

/** Bytes for the call that is added next; they travel beside its text. */
export function attachBytes(bytes: Uint8Array): true {
  host(HOST_CALL.bytes, bytes);
  return true;
}

/** The turn's calls as JSON, or undefined when there is none. */
export function takeCalls(): string | undefined {
  if (calls.length === 0) return undefined;
  const text = `[${calls.join(',')}]`;
  calls = [];
  size = 0;
  return text;
}

export function askHost(code: number, ...args: unknown[]): unknown {
  return host(code, ...args);
}

/** Process-wide monotonic clock, ms. */
export function now(): number {
  return nativeNow();
}
