/** The stretches of a race in which nothing was said, and what crossed in them. */
import { RECONNECT_MS } from './silence.ts';

/** ms since everyone was connected. */
export interface Stretch {
  from: number;
  to: number;
}

/** What one technique moved while nothing was said. */
export interface Quiet {
  /** How long nothing was said, all stretches together. */
  ms: number;
  bytes: number;
}

export interface Said {
  /** By message; null while it is not. */
  published: readonly (number | null)[];
  /** When the page had it, by message; null while it has not. */
  handled: readonly (number | null)[];
  cuts: readonly number[];
  /** The race is over. */
  end: number;
  latencyMs: number;
  /** Longest time in which this technique asks again by itself: the interval of polls, else 0. */
  asksEveryMs: number;
  /** The requests that the server holds until there is something to say; null when this technique has none. */
  held: readonly HeldRequest[] | null;
}

/** When its head reached the server, and when the answer's last byte was sent; null while it was not. */
export interface HeldRequest {
  reached: number | null;
  ended: number | null;
}

/** Shorter stretches have next to nothing to tell, ms. */
const SHORTEST_MS = 500;
const MINUTE_MS = 60_000;

/**
 * A stretch begins when a message, or a cut, can have no consequences any more: a poll's longest wait after it, and not
 * before the page has it and has asked again, however long that takes it. So it begins at no particular moment of a
 * poll's period, and polls fall into it as they would into any other time.
 */
export function quietStretches({ latencyMs, asksEveryMs, held, end, ...said }: Said): Stretch[] {
  const settled = asksEveryMs + 4 * latencyMs;
  const begins = [
    ...said.published.flatMap((at, index) => {
      const had = (said.handled[index] ?? Infinity) + 2 * latencyMs;
      return at === null ? [] : [{ at, over: Math.max(at + settled, had) }];
    }),
    ...said.cuts.map((at) => ({ at, over: at + RECONNECT_MS.browser + settled })),
  ].sort((a, b) => a.at - b.at);
  let over = 0;
  return begins.flatMap((begin, index) => {
    over = Math.max(over, begin.over);
    if (held) over = heldAgain(held, over);
    const to = Math.min(begins[index + 1]?.at ?? end, end);
    return to - over < SHORTEST_MS ? [] : [{ from: over, to }];
  });
}

/** The first moment from then on at which the server holds a request. */
function heldAgain(held: readonly HeldRequest[], from: number): number {
  const next = held.find(({ ended }) => ended === null || ended > from);
  return Math.max(from, next?.reached ?? Infinity);
}

/** What of these crossed in the stretches; null when there was none. */
export function quietOf(
  stretches: readonly Stretch[],
  crossed: readonly { sent: number; bytes: number }[],
): Quiet | null {
  if (stretches.length === 0) return null;
  const isIn = (t: number): boolean => stretches.some(({ from, to }) => t >= from && t < to);
  return {
    ms: stretches.reduce((sum, { from, to }) => sum + to - from, 0),
    bytes: crossed.reduce((sum, { sent, bytes }) => sum + (isIn(sent) ? bytes : 0), 0),
  };
}

/** As much in a minute. */
export function aMinuteOf({ ms, bytes }: Quiet): number {
  return bytes * (MINUTE_MS / ms);
}
