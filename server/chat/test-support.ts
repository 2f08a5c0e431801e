/** A clock that tests turn by hand. */
import type { Clock } from './clock.ts';
import { PULSE_MS } from './limits.ts';

export interface HandClock extends Clock {
  /** Lets so many ms pass, with a pulse in each `PULSE_MS`. */
  advance(ms: number): void;
}

export function handClock(): HandClock {
  let now = 1_000_000;
  const pulses = new Set<() => void>();
  return {
    now: () => now,
    onPulse(pulse) {
      pulses.add(pulse);
      return () => pulses.delete(pulse);
    },
    advance(ms) {
      const end = now + ms;
      while (now < end) {
        now = Math.min(end, now + PULSE_MS);
        for (const pulse of [...pulses]) pulse();
      }
    },
  };
}
