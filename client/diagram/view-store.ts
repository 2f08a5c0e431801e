import { create } from 'zustand';
import type { Run } from '../capture/run.ts';
import type { Boundary } from './layout/frame.ts';
import { SPAN_MAX_MS, SPAN_MIN_MS, stepSpan, type ZoomDirection } from './scale.ts';

/** The part of the tape in the window, ms of lab time. */
export interface View {
  start: number;
  span: number;
}

interface TimelineState {
  /** Number of the run in the window; null without one. */
  run: number | null;
  /** The playhead stays where it is, the tape moves. */
  follow: boolean;
  /** The picture is frozen at this snapshot; the run goes on. */
  paused: { run: Run; now: number } | null;
  /** Where the window starts while it does not follow, ms. */
  start: number;
  /** Length of the window, ms. */
  span: number;
  /** Width of the window, px; 0 until it was measured. */
  width: number;
  /** The table twin instead of the picture. */
  table: boolean;
  /** What was measured by dragging on the ruler, ms. */
  measure: { from: number; to: number } | null;
  /** Which borders make a stroke. */
  boundary: Boundary;
  /** The picture shows the run as it was at this moment, ms; null: as far as it is recorded. */
  playhead: number | null;
  /** The playhead moves by itself. */
  playing: boolean;
  speed: Speed;
  /** Follow by jumps of half a window (prefers-reduced-motion). */
  jumps: boolean;
}

/** Of a replay, against real time. */
export const SPEEDS = [0.25, 1, 4] as const;
export type Speed = (typeof SPEEDS)[number];

interface TimelineActions {
  setWidth(width: number): void;
  setJumps(jumps: boolean): void;
  setFollow(follow: boolean, now: number): void;
  /** Freezes the picture at this snapshot, or lets it go on. */
  setPaused(at: { run: Run; now: number } | null): void;
  /** Moves the window; ends following. */
  pan(ms: number, now: number): void;
  /** One step of 1-2-5 around `anchor` (lab time), or the playhead when following, or the middle. */
  zoom(direction: ZoomDirection, now: number, anchor?: number): void;
  /** Any span, around `anchor`: for pinching. */
  zoomTo(span: number, now: number, anchor: number): void;
  /** Shows the run from 0 to `end`. */
  fit(end: number): void;
  /** Brings [from, to] into the window. What lies to the left of now ends following, the newest does not. */
  reveal(from: number, to: number, now: number, newest: boolean): void;
  /** Says which run is drawn; another one than before is followed from its start, at the zoom that was chosen. */
  showRun(number: number | null): void;
  setMeasure(measure: { from: number; to: number } | null): void;
  toggleTable(): void;
  setBoundary(boundary: Boundary): void;
  /** Puts the playhead at a moment of the run, or back to its end. */
  setPlayhead(t: number | null): void;
  setPlaying(playing: boolean): void;
  /** The next speed, the slowest after the fastest. */
  nextSpeed(): void;
}

/** Where the playhead stands while following, as a part of the width. */
export const PLAYHEAD_PART = 0.86;
/** What is seen before 0 at the start of a run, as a part of the span. */
const LEAD_PART = 0.017;
/** 122 px per second in a window of 858 px, as designed. */
const FIRST_SPAN_MS = 7_000;
/** On a phone the first window is shorter instead of denser. */
const LEAST_PX_PER_MS = 0.09;

const fresh = {
  follow: true,
  paused: null,
  start: -FIRST_SPAN_MS * LEAD_PART,
  measure: null,
  playhead: null,
  playing: false,
};

export const useTimeline = create<TimelineState & TimelineActions>()((set) => ({
  ...fresh,
  run: null,
  span: FIRST_SPAN_MS,
  width: 0,
  table: false,
  jumps: false,
  boundary: 'messages',
  speed: 1,
  setWidth: (width) =>
    set((state) =>
      state.width > 0 ? { width } : { width, span: Math.min(state.span, width / LEAST_PX_PER_MS) },
    ),
  setJumps: (jumps) => set({ jumps }),
  setFollow: (follow, now) =>
    set((state) => {
      if (!follow) return { follow, start: viewAt(state, now).start };
      // Following a replay follows its playhead; otherwise now.
      return state.playing ? { follow } : { follow, paused: null, playhead: null };
    }),
  setPaused: (paused) => set({ paused, playhead: null, playing: false }),
  pan: (ms, now) =>
    set((state) => ({ follow: false, start: limited(viewAt(state, now).start + ms, state.span, now) })),
  zoom: (direction, now, anchor) =>
    set((state) => zoomed(state, stepSpan(state.span, direction), now, anchor)),
  zoomTo: (span, now, anchor) =>
    set((state) => zoomed(state, Math.min(SPAN_MAX_MS, Math.max(SPAN_MIN_MS, span)), now, anchor)),
  fit: (end) => {
    const span = Math.min(SPAN_MAX_MS, Math.max(SPAN_MIN_MS, end / (1 - LEAD_PART - 0.06)));
    set({ follow: false, span, start: Math.max(-LEAD_PART * span, end - span * (1 - 0.06)) });
  },
  reveal: (from, to, now, newest) =>
    set((state) => {
      const { start, span } = viewAt(state, now);
      const isSeen = from >= start + span * 0.02 && Math.min(to, from + span * 0.9) <= start + span;
      const follow = state.follow && newest;
      if (isSeen) return follow === state.follow ? {} : { follow, start };
      const centred = Math.max((from + to) / 2 - span / 2, -LEAD_PART * span);
      return { follow: false, start: limited(centred, span, now) };
    }),
  showRun: (run) =>
    set((state) => (run === state.run ? {} : { ...fresh, run, start: -state.span * LEAD_PART })),
  setMeasure: (measure) => set({ measure }),
  toggleTable: () => set((state) => ({ table: !state.table })),
  setBoundary: (boundary) => set({ boundary }),
  setPlayhead: (playhead) => set({ playhead }),
  setPlaying: (playing) => set({ playing }),
  nextSpeed: () => set(({ speed }) => ({ speed: SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1 })),
}));

/** The window at this moment. */
export function viewAt(state: Pick<TimelineState, 'follow' | 'start' | 'span' | 'jumps'>, now: number): View {
  const { span } = state;
  return { start: state.follow ? followed(span, now, state.jumps) : state.start, span };
}

function followed(span: number, now: number, jumps: boolean): number {
  const first = -LEAD_PART * span;
  const due = now - PLAYHEAD_PART * span;
  if (due <= first) return first;
  if (!jumps) return due;
  const half = span / 2;
  return first + Math.ceil((due - first) / half) * half;
}

function zoomed(
  state: TimelineState,
  span: number,
  now: number,
  anchor: number | undefined,
): Partial<TimelineState> {
  if (state.follow) return { span };
  const { start, span: before } = state;
  const around = anchor ?? start + before / 2;
  return { span, start: limited(around - ((around - start) / before) * span, span, now) };
}

/** The window always touches what was recorded. */
function limited(start: number, span: number, now: number): number {
  return Math.min(Math.max(start, -span * 0.5), Math.max(now - span * 0.05, -span * 0.5));
}

/** Events in `run` that the paused picture does not show. */
export function newSince(paused: Run, run: Run | null): number {
  if (!run || run.number !== paused.number) return 0;
  const size = (each: Run) => each.messages.length + each.jsEvents.length + each.serverEvents.length;
  return Math.max(0, size(run) - size(paused));
}
