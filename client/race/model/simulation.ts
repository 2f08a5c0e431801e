/**
 * The same model as the closed formulas, played through for one schedule: what a technique would do if server and page
 * took no time at all. So it also knows bursts, cuts, and schedules of a few messages.
 *
 * Times in ms since everyone is connected.
 */
import type { Capabilities } from '../../chat/index.ts';

export interface Habit {
  delivery: Capabilities['delivery'];
  /** One way. */
  latencyMs: number;
  /** Between an answer and the next poll. */
  pollIntervalMs: number;
  /** Between a cut and the next attempt. */
  reconnectMs: number;
  /** When the first request was sent; not after 0. */
  began: number;
  cutAtMs: number | null;
}

export interface Played {
  /** By message, in the order of the schedule; null for what did not arrive before the end. */
  delays: (number | null)[];
  requests: number;
  /** Answers with nothing in them. */
  empty: number;
}

export function play(habit: Habit, published: readonly number[], end: number): Played {
  const { delivery, latencyMs: d, pollIntervalMs, reconnectMs, cutAtMs } = habit;
  const played: Played = { delays: published.map(() => null), requests: 0, empty: 0 };
  let next = 0;

  /** Hands over what was published by `until` and arrives at `at`. */
  const flush = (until: number, at: number): number => {
    const before = next;
    while (next < published.length && published[next]! <= until) {
      if (at <= end) played.delays[next] = at - published[next]!;
      next++;
    }
    return next - before;
  };
  const isCut = (from: number, to: number): boolean => cutAtMs !== null && cutAtMs > from && cutAtMs < to;

  let sent = habit.began;
  while (sent < end) {
    played.requests++;
    const asked = sent + d;
    const answered = delivery === 'held' ? Math.max(asked, published[next] ?? Infinity) : asked;
    if (delivery === 'stream') {
      const cut = isCut(sent, Infinity) ? cutAtMs! : Infinity;
      if (cut > asked + d) flush(asked, asked + d);
      while (next < published.length && published[next]! + d < cut)
        flush(published[next]!, published[next]! + d);
      sent = cut + reconnectMs;
    } else if (isCut(sent, answered + d)) sent = cutAtMs! + reconnectMs;
    else {
      if (answered > end) break;
      if (flush(answered, answered + d) === 0) played.empty++;
      sent = answered + d + (delivery === 'poll' ? pollIntervalMs : 0);
    }
  }
  return played;
}
