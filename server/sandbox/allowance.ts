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
  /** Ms that the process has had on the cores. */
  used(): number;
}

const REAL: Clocks = {
  passed: () => performance.now(),
  used: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/** The shortest pause between two looks at the process's time, ms: a look is a system call. */
const LOOK_AGAIN_MS = 5;

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
