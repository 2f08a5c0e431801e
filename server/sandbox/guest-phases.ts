/**
 * The order of one guest's macrotasks: rounds of timers, messages, immediates, as Node's event loop has them.
 *
 * In: what is due. Out: which kind of turn is next.
 * Knows nothing of engines and threads.
 */
export interface Due {
  timers(): boolean;
  messages(): number;
  immediates(): number;
}

const PHASES = ['timers', 'messages', 'immediates'] as const;
export type Phase = (typeof PHASES)[number];

/** Timers that are due all the time (`setInterval` of 1 ms by the hundred) let the rest have its turn too. */
const TIMERS_PER_ROUND = 100;

export class GuestPhases {
  readonly #due: Due;
  /** The first turn is over: its immediates come before the first round of timers. */
  #phase = PHASES.indexOf('messages');
  #left = 0;

  constructor(due: Due) {
    this.#due = due;
  }

  /** The kind of the next turn, or undefined when nothing is due. */
  next(): Phase | undefined {
    for (let looked = 0; looked <= PHASES.length; looked++) {
      const phase = PHASES[this.#phase]!;
      if (this.#left > 0 && this.#isDue(phase)) {
        this.#left -= 1;
        return phase;
      }
      this.#phase = (this.#phase + 1) % PHASES.length;
      // Messages and immediates that come up meanwhile wait for the next round.
      const began = PHASES[this.#phase]!;
      this.#left = began === 'timers' ? TIMERS_PER_ROUND : this.#due[began]();
    }
    return undefined;
  }

  get any(): boolean {
    return PHASES.some((phase) => this.#isDue(phase));
  }

  #isDue(phase: Phase): boolean {
    return phase === 'timers' ? this.#due.timers() : this.#due[phase]() > 0;
  }
}
