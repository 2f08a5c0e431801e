import { useMemo } from 'react';
import type { Run, Selection } from '../capture/run.ts';
import type { WireGeometry } from './geometry.ts';
import type { Boundary } from './layout/frame.ts';
import { layoutTape, type Tape } from './layout.ts';
import type { View } from './view-store.ts';

/** Laid out beyond the window, as parts of its span, so that most frames only move the tape. */
const BEFORE = 0.25;
const AFTER = 2.25;

/**
 * The tape around a window, laid out again only when the run, the scale or the selection changed, or when
 * the window left the stretch. `offset` moves it into place by whole pixels, which keeps hairlines sharp.
 */
export function useTape(
  run: Run,
  view: View,
  width: number,
  geometry: WireGeometry,
  selection: Selection | null,
  boundary: Boundary = 'messages',
): { tape: Tape; offset: number } {
  const { start, span } = view;
  const pxPerMs = Math.max(width, 1) / span;
  const place = Math.floor(start / span);
  const tape = useMemo(() => {
    const [from, to] = [(place - BEFORE) * span, (place + AFTER) * span];
    return layoutTape({ run, from, to, pxPerMs, geometry, selection, boundary });
  }, [run, place, span, pxPerMs, geometry, selection, boundary]);
  return { tape, offset: Math.round((start - tape.frame.from) * pxPerMs) };
}
