/**
 * Requests and responses that the host may still have news of, by their number.
 *
 * A program that has dropped a response can never end it, so nothing here may keep one alive that only this map
 * still knows: what waits for an answer is *loosened*, and collected with the program's last reference.
 * A request finds its response here, not by reference: the two would be a cycle, and wait for the collector.
 */
import type { IncomingMessage } from './http-incoming.ts';
import type { ServerResponse } from './http-response.ts';

class Exchanges<T extends object> {
  readonly #entries = new Map<number, T | WeakRef<T>>();

  get(id: number): T | undefined {
    const entry = this.#entries.get(id);
    return entry instanceof WeakRef ? entry.deref() : entry;
  }
  has(id: number): boolean {
    return this.#entries.has(id);
  }
  /** Keeps it until it is deleted or loosened. */
  set(id: number, value: T): void {
    this.#entries.set(id, value);
  }
  /** From here on the program alone keeps it. */
  loosen(id: number): void {
    const value = this.get(id);
    if (value) this.#entries.set(id, new WeakRef(value));
  }
  delete(id: number): void {
    this.#entries.delete(id);
  }
}

export const requests = new Exchanges<IncomingMessage>();
export const responses = new Exchanges<ServerResponse>();

/** Responses written to in this turn. */
const touched = new Set<ServerResponse>();

export function touch(response: ServerResponse): void {
  touched.add(response);
}

export function endResponsesTurn(): void {
  if (touched.size === 0) return;
  for (const response of touched) response.turnEnded();
  touched.clear();
}
