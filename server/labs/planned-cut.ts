/**
 * The cut that a lab's run is to have at a time: one at most.
 */
import type { NewEvent } from '../telemetry/index.ts';
import type { CutMode } from '../telemetry/protocol.ts';

export interface Cut {
  mode: CutMode;
  /** Null: every connection that is open then. */
  connection: number | null;
  /** Lab time, ms. */
  due: number;
}

export interface PlannedCutOptions {
  /** Lab time, ms. */
  now(): number;
  emit(event: NewEvent): void;
  cut(cut: Cut): void;
}

export class PlannedCut {
  readonly #options: PlannedCutOptions;
  #cut: Cut | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PlannedCutOptions) {
    this.#options = options;
  }

  get planned(): Cut | null {
    return this.#cut;
  }

  /** Announces it, and cuts when it is due. */
  plan(cut: Cut): void {
    clearTimeout(this.#timer);
    this.#cut = cut;
    this.#announce(cut, cut.due);
    this.#arm(cut);
  }

  /** There will be none. */
  callOff(): void {
    if (this.#cut) this.#announce(this.#cut, null);
    this.#forget();
  }

  #arm(cut: Cut): void {
    // A longer time than a timer can wait for is waited for in pieces.
    const wait = Math.min(Math.max(0, Math.ceil(cut.due - this.#options.now())), 2 ** 31 - 1);
    this.#timer = setTimeout(() => {
      // Timers fire up to 1 ms early against the monotonic clock.
      if (this.#options.now() < cut.due) return this.#arm(cut);
      this.#options.cut(cut);
      this.callOff();
    }, wait);
    this.#timer.unref();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#cut = null;
  }

  #announce({ mode, connection }: Cut, due: number | null): void {
    this.#options.emit({ type: 'cut-planned', t: this.#options.now(), mode, connection, due });
  }
}
