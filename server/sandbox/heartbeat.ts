/**
 * Three numbers that a worker shares with the main thread: which guest it runs, since when, and which
 * one it shall stop. They work while the worker cannot take messages.
 *
 * The worker writes the first two around each turn; the watchdog reads them.
 */
const SINCE = 0;
const SANDBOX = 1;
const STOP = 2;
const CELLS = 3;

export class Heartbeat {
  readonly #cells: Float64Array;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(CELLS * Float64Array.BYTES_PER_ELEMENT)) {
    this.#cells = new Float64Array(shared);
  }

  get shared(): SharedArrayBuffer {
    return this.#cells.buffer as SharedArrayBuffer;
  }

  /** `at`: process-wide monotonic ms. */
  begin(sandbox: number, at: number): void {
    this.#cells[SANDBOX] = sandbox;
    this.#cells[SINCE] = at;
  }

  end(): void {
    this.#cells[SINCE] = 0;
  }

  /** The guest that runs, and since when; undefined while none does. */
  running(): { sandbox: number; since: number } | undefined {
    const since = this.#cells[SINCE]!;
    return since === 0 ? undefined : { sandbox: this.#cells[SANDBOX]!, since };
  }

  /** Asks for the end of a guest that is running right now. */
  askToStop(sandbox: number): void {
    this.#cells[STOP] = sandbox;
  }

  stopAsked(sandbox: number): boolean {
    return this.#cells[STOP] === sandbox;
  }
}
