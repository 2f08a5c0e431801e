import { useState } from 'react';
import type { Run, Selection } from '../capture/run.ts';
import type { WireGeometry } from './geometry.ts';
import type { Boundary } from './layout/frame.ts';
import type { View } from './view-store.ts';
import { TapeKeeper } from './tape-keeper.ts';

/** Laid out beyond the window, as parts of its span, so that most frames only move the tape. */
const BEFORE = 0.25;
const AFTER = 2.25;

interface Shown {
  run: Run;
  view: View;
  width: number;
  geometry: WireGeometry;
  selection: Selection | null;
  boundary?: Boundary;
  /** The picture follows time: this is called again with the next frame. */
  moves?: boolean;
}

/**
 * The tape around a window, laid out again only when the run, the scale or the selection changed, or when
 * the window left the stretch. `offset` moves it into place by whole pixels, which keeps hairlines sharp.
 */
export function useTape({ run, view, width, geometry, selection, boundary = 'messages', moves }: Shown) {
  const [keeper] = useState(() => new TapeKeeper());
  const { start, span } = view;
  const pxPerMs = Math.max(width, 1) / span;
  const place = Math.floor(start / span);
  const [from, to] = [(place - BEFORE) * span, (place + AFTER) * span];
  const tape = keeper.tapeOf({ run, from, to, pxPerMs, geometry, selection, boundary }, moves ?? false);
  return { tape, offset: Math.round((start - tape.frame.from) * pxPerMs) };
}
