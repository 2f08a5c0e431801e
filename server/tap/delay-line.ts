/**
 * One direction of an emulated network: what is put in comes out later, in order.
 *
 * A change of the delay holds at once for what is put in from then on; what is under way keeps its
 * arrival time, and nothing overtakes.
 */
import { monotonicMs } from '../clock.ts';

export class DelayLine {
  readonly #delayMs: () => number;
  readonly #queue: { due: number; deliver: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastDue = 0;

  /** @param delayMs asked for each item: ms until it comes out; 0 and an empty line deliver synchronously. */
  constructor(delayMs: () => number) {
    this.#delayMs = delayMs;
  }

  get empty(): boolean {
    return this.#queue.length === 0;
  }

  /** Calls `deliver` once the delay has passed, after everything put in before. */
  put(deliver: () => void): void {
    const delay = this.#delayMs();
    if (delay <= 0 && this.empty) {
      deliver();
      return;
    }
    const due = Math.max(monotonicMs() + delay, this.#lastDue);
    this.#lastDue = due;
    this.#queue.push({ due, deliver });
    if (this.#timer === undefined) this.#arm();
  }

  /** Forgets everything under way. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#queue.length = 0;
  }

  #arm(): void {
    const head = this.#queue[0];
    if (head === undefined) return;
    // Timers fire up to 1 ms early against the monotonic clock; #run waits again for what is not due.
    this.#timer = setTimeout(() => this.#run(), Math.max(0, Math.ceil(head.due - monotonicMs())));
  }

  #run(): void {
    this.#timer = undefined;
    const now = monotonicMs();
    while (this.#queue[0] !== undefined && this.#queue[0].due <= now) this.#queue.shift()!.deliver();
    if (this.#timer === undefined) this.#arm();
  }
}
