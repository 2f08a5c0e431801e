/**
 * How long a guest may run in one go.
 *
 * Passing time alone is no measure: on a machine whose cores are wanted by eight others, an honest turn of 150 ms
 * takes more than a second, and the program would be called an endless loop. So the time that this process has
 * had on the cores must be used up as well. It counts all threads, of which the guest's is one: on an idle machine
 * it is never less than what has passed for a guest that does not pause.
 */
export interface Clocks {
  /** Monotonic ms. */
  passed(): number;
  /** Ms that the process has had on the cores, or had `LOOK_AGAIN_MS` ago. */
  used(): number;
}

/** The shortest pause between two looks at the process's time, ms: a look is a system call. */
const LOOK_AGAIN_MS = 5;

/** A turn takes some 40 µs, and a look at the process's time 5: an allowance begins with one that is a little old. */
class RealClocks implements Clocks {
  #lookedAt = -Infinity;
  #used = 0;

  passed(): number {
    return performance.now();
  }

  used(): number {
    const now = performance.now();
    if (now - this.#lookedAt >= LOOK_AGAIN_MS) {
      const { user, system } = process.cpuUsage();
      this.#used = (user + system) / 1000;
      this.#lookedAt = now;
    }
    return this.#used;
  }
}

const REAL = new RealClocks();

export class Allowance {
  readonly #clocks: Clocks;
  readonly #usedUp: number;
  #lookAt: number;

  /** `ms`: of passed time, and of the process's. */
  constructor(ms: number, clocks: Clocks = REAL) {
    this.#clocks = clocks;
    this.#lookAt = clocks.passed() + ms;
    this.#usedUp = clocks.used() + ms;
  }

  get isOver(): boolean {
    const passed = this.#clocks.passed();
    if (passed <= this.#lookAt) return false;
    if (this.#clocks.used() >= this.#usedUp) return true;
    this.#lookAt = passed + LOOK_AGAIN_MS;
    return false;
  }
}

/** Nothing is left. */
export const NO_ALLOWANCE = { isOver: true } as const;
