/** What crosses to the main thread for each write: its bytes or text, and the callback that waits for it. */
import type { BodyPart } from '../protocol.ts';
import { attachBytes } from './bridge.ts';
import { invalidArgument } from './node-error.ts';

export type Callback = (error?: Error | null) => void;

let acks = 0;
const waiting = new Map<number, (count: number) => void>();

/** Bytes to send: text stays text, so that the guest need not encode it. */
export function bodyPart(chunk: unknown, encoding = 'utf8'): BodyPart {
  if (typeof chunk === 'string') return { text: chunk, encoding };
  if (chunk instanceof Uint8Array) return attachBytes(chunk);
  throw invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
}

/** Remembers a callback for when the host has written. */
export function acknowledge(callback: Callback | undefined): number | undefined {
  if (typeof callback !== 'function') return undefined;
  acks += 1;
  waiting.set(acks, () => callback());
  return acks;
}

/** Remembers a callback for a number the host answers with. */
export function acknowledgeWith(callback: (count: number) => void): number {
  acks += 1;
  waiting.set(acks, callback);
  return acks;
}

export function acknowledged(ack: number, count = 0): void {
  const callback = waiting.get(ack);
  waiting.delete(ack);
  callback?.(count);
}
