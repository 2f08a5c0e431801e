/**
 * Relates two monotonic clocks by exchanges, as NTP does (RFC 5905 §8): the answer to a ping was
 * stamped somewhere between sending and receiving, so its midpoint is off by at most half the round
 * trip. The exchange with the smallest round trip says most.
 *
 * Pure: all times come from outside, in ms.
 */

/** One ping: sent and received by our clock, stamped by theirs in between. */
export interface ClockSample {
  sent: number;
  theirs: number;
  received: number;
}

/** `theirs = ours + offset`, off by at most `errorMs`. */
export interface ClockOffset {
  offset: number;
  errorMs: number;
}

/** Newest exchanges that are kept: a minute of pings every 2 s. */
const WINDOW = 30;

/** Two quartz clocks drift apart by up to this much (50 ppm). */
export const DRIFT_PER_MS = 5e-5;

export class Clock {
  #samples: ClockSample[] = [];
  readonly #driftPerMs: number;

  /** @param driftPerMs what the clocks may drift apart; 0 for two pages, which read one clock. */
  constructor(driftPerMs: number) {
    this.#driftPerMs = driftPerMs;
  }

  get samples(): number {
    return this.#samples.length;
  }

  add(sample: ClockSample): void {
    if (!(sample.received >= sample.sent) || !Number.isFinite(sample.theirs)) return;
    this.#samples.push(sample);
    if (this.#samples.length > WINDOW) this.#samples.shift();
  }

  /** @param now by our clock: the older an exchange, the more the clocks may have drifted since. */
  estimate(now: number): ClockOffset | null {
    let best: ClockOffset | null = null;
    for (const sample of this.#samples) {
      const errorMs =
        (sample.received - sample.sent) / 2 +
        resolution(sample) +
        Math.max(0, now - sample.received) * this.#driftPerMs;
      if (best === null || errorMs < best.errorMs) {
        best = { offset: sample.theirs - (sample.sent + sample.received) / 2, errorMs };
      }
    }
    return best;
  }

  reset(): void {
    this.#samples = [];
  }
}

/**
 * How coarse the stamps are: browsers round `performance.now()` to 0.1 ms (Chromium) or to 1 ms
 * (Safari, Firefox), which makes a round trip look shorter than it was.
 */
function resolution({ sent, theirs, received }: ClockSample): number {
  return [sent, theirs, received].every(Number.isInteger) ? 1 : 0.1;
}

/** From page time to lab time over the app's clock: offsets subtract and add, errors add. */
export function compose(appToPage: ClockOffset, appToLab: ClockOffset): ClockOffset {
  return {
    offset: appToLab.offset - appToPage.offset,
    errorMs: appToPage.errorMs + appToLab.errorMs,
  };
}
