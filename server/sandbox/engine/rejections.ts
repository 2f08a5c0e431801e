/** Rejected promises nobody has handled yet, by identity. Owns both boxes of each. */
import type { Box, EngineExports } from './binary-interface.ts';

export interface Rejection {
  promise: Box;
  reason: Box;
}

export class Rejections {
  readonly #exports: EngineExports;
  readonly #known = new Map<number, Rejection>();

  constructor(exports: EngineExports) {
    this.#exports = exports;
  }

  get any(): boolean {
    return this.#known.size > 0;
  }

  /** The engine tells that a promise was rejected, or that a rejected one was handled after all. */
  note(promise: Box, reason: Box, handled: boolean): void {
    const identity = this.#exports.qjs_get_value_ptr(promise);
    const known = this.#known.get(identity);
    if (!handled && !known) {
      this.#known.set(identity, { promise, reason });
      return;
    }
    if (handled && known) {
      this.#known.delete(identity);
      this.#exports.qjs_free_value(known.promise);
      this.#exports.qjs_free_value(known.reason);
    }
    this.#exports.qjs_free_value(promise);
    this.#exports.qjs_free_value(reason);
  }

  /** All of them; the boxes are the caller's now. */
  take(): Rejection[] {
    const waiting = [...this.#known.values()];
    this.#known.clear();
    return waiting;
  }

  /** The memory they lay in is another guest's now. */
  forget(): void {
    this.#known.clear();
  }
}
