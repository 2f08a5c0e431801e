/** A track as shapes: what the screen and the exported picture draw. px. */
import type { Exchange, RaceMessage, Stroke, Track } from './result.ts';
import type { Scale } from './scale.ts';

/** Waiting bars above the browser's rail, three lines of them at most. */
const LINE_PX = 8;
const LINES = 3;
const BAR_ABOVE = 12;
const SERVER_BELOW = 16;
/** Bars that begin or end closer than this do not share a line, ms. */
const APART_MS = 20;
/** From here on a request counts as held, ms. */
const HELD_MS = 20;

export interface Rails {
  browser: number;
  server: number;
}

export interface TrackShapes {
  /** An open request, from rail to rail. */
  washes: { d: string; socket: boolean }[];
  /** The server holds it. */
  holds: { x: number; width: number }[];
  strokes: { x1: number; y1: number; x2: number; y2: number; stroke: Stroke }[];
  /** By message that was published. */
  waits: { number: number; x: number; y: number; width: number }[];
  dots: { number: number; x: number; y: number }[];
  /** From the browser's rail up to the dots. */
  drops: number[];
  cuts: number[];
}

export function railsOf(height: number): Rails {
  return { browser: BAR_ABOVE + LINES * LINE_PX, server: height - SERVER_BELOW };
}

/** @param until what is not over yet goes on to here. @param latencyMs where what is under way is going to arrive. */
export function shapesOf(
  track: Track,
  messages: readonly RaceMessage[],
  { x }: Scale,
  rails: Rails,
  until: number,
  latencyMs: number,
): TrackShapes {
  const lines = linesOf(track, messages);
  const y = (index: number): number => rails.browser - BAR_ABOVE - lines[index]! * LINE_PX;
  const shown = messages.flatMap(({ published }, index) =>
    published === null ? [] : [{ index, published, handled: track.handled[index] ?? null }],
  );
  const dots = shown.flatMap(({ index, handled }) =>
    handled === null ? [] : [{ number: index + 1, x: x(handled), y: y(index) + 2 }],
  );
  return {
    washes: track.exchanges.filter(isHeld).map(({ sent, reached, ended, socket }) => {
      const [top, bottom] = [rails.browser, rails.server];
      const last = ended ?? until;
      const back = ended === null ? until : ended + latencyMs;
      const d = `M${x(sent)} ${top}L${x(reached ?? sent + latencyMs)} ${bottom}H${x(Math.max(last, reached ?? last))}L${x(back)} ${top}z`;
      return { d, socket };
    }),
    holds: track.exchanges.flatMap(({ reached, ended, socket }) =>
      reached === null || socket
        ? []
        : [{ x: x(reached), width: Math.max(0, x(ended ?? until) - x(reached)) }],
    ),
    strokes: track.strokes.map((stroke) => ({ ...line(stroke, x, rails, latencyMs), stroke })),
    waits: shown.map(({ index, published, handled }) => ({
      number: index + 1,
      x: x(published),
      y: y(index),
      width: Math.max(0, x(handled ?? until) - x(published)),
    })),
    dots,
    drops: [...new Set(dots.map((dot) => dot.x))],
    cuts: track.cuts.map(x),
  };
}

/** A request that is answered at once is two strokes and nothing between them. */
function isHeld({ reached, ended }: Exchange): boolean {
  return ended === null || reached === null || ended - reached > HELD_MS;
}

function line(stroke: Stroke, x: Scale['x'], { browser, server }: Rails, latencyMs: number) {
  const [from, to] = stroke.direction === 'up' ? [browser, server] : [server, browser];
  // What was lost ends half-way.
  const share = stroke.lost ? 0.5 : 1;
  const arrives = stroke.arrived ?? stroke.sent + latencyMs;
  return {
    x1: x(stroke.sent),
    y1: from,
    x2: x(stroke.sent + (arrives - stroke.sent) * share),
    y2: from + (to - from) * share,
  };
}

/** Bars that overlap go to a second and a third line. */
function linesOf(track: Track, messages: readonly RaceMessage[]): number[] {
  const ends: number[] = [];
  return messages.map(({ published }, index) => {
    if (published === null) return 0;
    let at = 0;
    while (ends[at] !== undefined && ends[at]! > published - APART_MS) at++;
    ends[at] = track.handled[index] ?? Infinity;
    return Math.min(at, LINES - 1);
  });
}
