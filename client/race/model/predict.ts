/** What the formulas say of one technique in a race, to stand beside what was measured. */
import type { Technique } from '#protocol/chat';
import { median } from '../../capture/index.ts';
import { TRANSPORTS } from '../../chat/index.ts';
import { RECONNECT_MS } from './silence.ts';
import { play, type Habit } from './simulation.ts';

/** What the formulas have to know of the race. */
export interface Situation {
  latencyMs: number;
  pollIntervalMs: number;
  proxy: 'direct' | 'buffering' | 'idle-timeout';
  /** Cuts of this technique, ms since everyone is connected. */
  cuts: readonly number[];
  /** When its first request was sent, ms; before 0. */
  began: number;
  /** When messages were published, and when the race was over, ms. */
  published: readonly number[];
  end: number;
}

export interface Prediction {
  medianMs: number;
  requests: number;
}

/** Polls may fall anywhere between the messages: so many places are looked at. */
const PHASES = 40;

/**
 * Null where no formula holds: behind a buffering proxy what a stream says stays there; and of more than one cut.
 */
export function predict(technique: Technique, situation: Situation): Prediction | null {
  const { delivery, resumes } = TRANSPORTS[technique].capabilities;
  const { proxy, cuts, published, end } = situation;
  const isHeldBack = proxy === 'buffering' && delivery === 'stream' && technique !== 'websocket';
  if (published.length === 0 || cuts.length > 1 || isHeldBack) return null;
  const habit: Habit = {
    delivery,
    latencyMs: situation.latencyMs,
    pollIntervalMs: situation.pollIntervalMs,
    reconnectMs: RECONNECT_MS[resumes],
    began: situation.began,
    cutAtMs: cuts[0] ?? null,
  };
  const period = situation.pollIntervalMs + 2 * situation.latencyMs;
  const phases = delivery === 'poll' ? PHASES : 1;
  const played = Array.from({ length: phases }, (_, index) =>
    play({ ...habit, began: habit.began - (index / phases) * period }, published, end),
  );
  const delays = played.flatMap(({ delays }) => delays.filter((delay) => delay !== null));
  const medianMs = median(delays);
  if (medianMs === null) return null;
  const requests = delivery === 'poll' ? Math.ceil((end - habit.began) / period) : played[0]!.requests;
  return { medianMs, requests };
}
