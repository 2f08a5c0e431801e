import type { Direction } from '#protocol/telemetry';
import type { Run, Selection, WireMessage } from '../../capture/run.ts';
import { type WireGeometry, yOf } from '../geometry.ts';

/** Which borders make a stroke: chunk ≠ write ≠ segment ≠ event. */
export const BOUNDARIES = ['writes', 'segments', 'messages', 'events'] as const;
export type Boundary = (typeof BOUNDARIES)[number];

/** What every part of the layout is given: a stretch of tape and the scale it is drawn at. */
export interface Frame {
  run: Run;
  /** Lab time at x = 0, ms. */
  from: number;
  /** Lab time where the stretch ends, ms. */
  to: number;
  pxPerMs: number;
  geometry: WireGeometry;
  selection: Selection | null;
  /** `messages` unless said otherwise: HTTP messages, chunks, frames. */
  boundary?: Boundary;
}

/** Colour by who spoke, never by direction alone. A proxy that answers for itself is neither end. */
export type Ink = 'browser' | 'server' | 'proxy';

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function xOf(frame: Frame, t: number): number {
  return (t - frame.from) * frame.pxPerMs;
}

/** Where words and boxes begin at the start of a run: a little before 0. */
export function leftOf(frame: Frame): number {
  return xOf(frame, 0) - 12;
}

/** Whether [from, to] touches the stretch; `to` null means it lasts. */
export function isVisible(frame: Frame, from: number, to: number | null): boolean {
  return from <= frame.to && (to ?? Infinity) >= frame.from;
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function inkOf(direction: Direction): Exclude<Ink, 'proxy'> {
  return direction === 'up' ? 'browser' : 'server';
}

/** The rails a message leaves and reaches, px from the top. */
export function railsOf(
  { geometry }: Frame,
  { direction, page }: Pick<WireMessage, 'direction' | 'page'>,
): { y1: number; y2: number } {
  const [browser, server] = [yOf(geometry, 'browser', page), yOf(geometry, 'server', null)];
  return direction === 'up' ? { y1: browser, y2: server } : { y1: server, y2: browser };
}
