/**
 * Numbers that a worker shares with the main thread: which guest it runs, the last sign of life, how much
 * time guests have used, and which one shall stop. They work while the worker cannot take messages.
 *
 * The worker writes around each turn, and whenever the engine asks whether to go on; the watchdog reads.
 */
const SINCE = 0;
const SANDBOX = 1;
const STOP = 2;
const BUSY = 3;
const CELLS = 4;

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

  /** The engine can still be interrupted. */
  alive(at: number): void {
    if (this.#cells[SINCE] !== 0) this.#cells[SINCE] = at;
  }

  /** `ms`: what the turn took. */
  end(ms: number): void {
    this.#cells[SINCE] = 0;
    this.#cells[BUSY]! += ms;
  }

  /** Thread time of all turns so far, ms. */
  get busyMs(): number {
    return this.#cells[BUSY]!;
  }

  /** The guest that runs, and its last sign of life; undefined while none does. */
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
