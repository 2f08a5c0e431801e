/** How much of a run may still be recorded: a burst, and so much a second. */
import { monotonicMs } from '../clock.ts';
import { RECORDED_BURST_BYTES, RECORDED_BYTES_PER_SECOND } from './limits.ts';

export class RecordingBudget {
  readonly #now: () => number;
  #left = RECORDED_BURST_BYTES;
  #at: number;

  /** `now`: monotonic ms; given in tests. */
  constructor(now: () => number = monotonicMs) {
    this.#now = now;
    this.#at = now();
  }

  /** Whether these bytes may be recorded: all or none. */
  take(bytes: number): boolean {
    const now = this.#now();
    const earned = ((now - this.#at) * RECORDED_BYTES_PER_SECOND) / 1000;
    this.#left = Math.min(RECORDED_BURST_BYTES, this.#left + earned);
    this.#at = now;
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}
