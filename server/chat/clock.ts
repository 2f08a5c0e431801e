/** Time as the room knows it: one clock, one timer. Tests turn it by hand. */
import { monotonicMs } from '../clock.ts';
import { PULSE_MS } from './limits.ts';

export interface Clock {
  /** Ms since 1970, fractions kept, never going back. */
  now(): number;
  /** Calls back every `PULSE_MS`. @returns stops it. */
  onPulse(pulse: () => void): () => void;
}

export function systemClock(): Clock {
  // The wall clock may be set while the server runs; the monotonic one may not.
  const origin = Date.now() - monotonicMs();
  return {
    now: () => origin + monotonicMs(),
    onPulse(pulse) {
      const timer = setInterval(pulse, PULSE_MS).unref();
      return () => clearInterval(timer);
    },
  };
}
