import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourcePosition } from '#protocol/errors';
import type { Selection } from '../capture/run.ts';
import { useLab } from '../lab/index.ts';
import { DIGITS_EVERY_MS } from '../ui/index.ts';
import { EMPTY_RUN } from './empty-run.ts';
import { digitsOf, seconds } from './format.ts';
import { COMPACT_GEOMETRY, WIRE_GEOMETRY, type WireGeometry } from './geometry.ts';
import { BAND_SELECTOR, handleTimelineKey, pictureNow } from './keys.ts';
import { flagAt, hitTest } from './layout/hits.ts';
import { LiveText } from './LiveText.tsx';
import { messageOf } from './messages.ts';
import { neighbour, type Step } from './neighbours.ts';
import {
  ClockFigure,
  DensityNote,
  EmptyBand,
  ErrorBox,
  GapNotes,
  NowChip,
  StartingNote,
} from './Overlays.tsx';
import { Picture } from './Picture.tsx';
import { movePlayhead, recordedRun } from './replay.ts';
import { runAt } from './run-at.ts';
import { usePointer } from './use-pointer.ts';
import { usePrinting } from './use-printing.ts';
import { useNow, useReducedMotion } from './use-now.ts';
import { RailNames } from './RailNames.tsx';
import { useRails } from './use-rails.ts';
import { useReplay } from './use-replay.ts';
import { useTape } from './use-tape.ts';
import { useTimeline, viewAt } from './view-store.ts';
import { WireTable } from './WireTable.tsx';
import styles from './Wire.module.css';

export interface WireProps {
  /** Where rails and lanes stand; `compact` is the phone's. */
  geometry?: WireGeometry;
  compact?: boolean;
  /** Old browser that the page is made to look like. */
  emulated?: string | undefined;
  /** Said before there is anything on the wire, instead of offering to run: where something else begins it. */
  nothing?: string;
  onRun(): void;
  onStop(): void;
  /** Enter on the wire: open the bytes of what is selected. */
  onInspect(): void;
  /** Message under the pointer, null when it leaves. */
  onPreview(message: string | null): void;
  onOpenPosition(position: SourcePosition): void;
}

const HIT_PX = 12;
const TOUCH_HIT_PX = 22;
/** Picture or table, whichever is shown. */
const TWINS = `${BAND_SELECTOR}:not([hidden]), [role=region]`;
const KEY_STEPS: Record<string, Step> = {
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  ArrowUp: 'out',
  ArrowDown: 'in',
  Home: 'first',
  End: 'last',
};

/** The wire: picture, table twin, and the words for those who hear it. Fills its parent's width. */
export function Wire(props: WireProps) {
  const { t } = useTranslation('wire');
  const lab = useLab();
  const timeline = useTimeline();
  const printing = usePrinting();
  const helpId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const geometry = props.geometry ?? (props.compact ? COMPACT_GEOMETRY : WIRE_GEOMETRY);
  const run = timeline.paused?.run ?? lab.run ?? EMPTY_RUN;
  useShownRun(lab.run?.number ?? null);
  useReveal(lab.selection);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.matches(BAND_SELECTOR) && actOnKey(event, props)) {
      event.preventDefault();
    } else if (handleTimelineKey(event.nativeEvent) && useTimeline.getState().table !== timeline.table) {
      // The focus was in what is about to be replaced by its twin.
      requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(TWINS)?.focus());
    }
  };

  const hasTable = timeline.table || printing;
  return (
    <div ref={frame} className={styles.wire} style={{ minHeight: geometry.height }} onKeyDown={onKeyDown}>
      <div
        className={styles.band}
        style={{ height: geometry.height }}
        role="application"
        aria-label={t('band.label')}
        aria-describedby={helpId}
        tabIndex={0}
        data-wire-band=""
        hidden={hasTable}
      >
        {!hasTable && <Band {...props} geometry={geometry} />}
      </div>
      {hasTable && (
        <WireTable run={run} height={geometry.height} all={printing} onInspect={props.onInspect} />
      )}
      <p id={helpId} className={styles.heard}>
        {t('band.help')}
      </p>
      <LiveText run={run} selection={lab.selection} />
    </div>
  );
}

function Band(props: WireProps & { geometry: WireGeometry }) {
  const { t } = useTranslation('wire');
  const { onPreview, onOpenPosition } = props;
  const lab = useLab();
  const timeline = useTimeline();
  const surface = useRef<HTMLDivElement>(null);
  const [preview, setPreview] = useState<string | null>(null);
  const reduced = useReducedMotion();
  const { width, paused, playhead, boundary, setWidth, setJumps } = timeline;
  const whole = paused?.run ?? lab.run ?? EMPTY_RUN;
  const run = useMemo(() => (playhead === null ? whole : runAt(whole, playhead)), [whole, playhead]);
  const now = useNow(run, playhead ?? paused?.now ?? null, reduced);
  const geometry = useRails(whole, props.geometry);
  useReplay(reduced);
  const view = viewAt({ ...timeline, jumps: reduced }, now);
  const moves = run.live && paused === null && playhead === null;
  const { selection } = lab;
  const { tape, offset } = useTape({ run, view, width, geometry, selection, boundary, moves });

  useEffect(() => setJumps(reduced), [reduced, setJumps]);
  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [setWidth]);

  const hover = (message: string | null) => {
    if (message === preview) return;
    setPreview(message);
    onPreview(message);
  };

  const pxPerMs = Math.max(width, 1) / view.span;
  const handlers = usePointer(surface, {
    ruler: geometry.ruler,
    playhead: () => (recordedRun() ? (now - view.start) * pxPerMs : null),
    onScrub: movePlayhead,
    onHover: (x, y) => hover(hitTest(tape, x + offset, y, HIT_PX)?.message ?? null),
    onLeave: () => hover(null),
    onClick: (x, y, touch) => {
      const flag = flagAt(tape.flags, x + offset, y);
      if (flag?.bad && flag.event.at) onOpenPosition(flag.event.at);
      const found = hitTest(tape, x + offset, y, touch ? TOUCH_HIT_PX : HIT_PX);
      if (found) lab.select(found);
    },
  });

  const isStarting = lab.phase === 'starting' || run.state === 'starting';
  const isEmpty = !lab.run && !isStarting;
  // Why a run could not begin is said by others, beside Run: here is what happened on the wire.
  const error = lab.stale ? null : (run.error ?? null);
  const overlay = { run, tape, offset, width, now };
  return (
    <>
      <RailNames geometry={geometry} compact={props.compact ?? false} emulated={props.emulated} />
      <div
        ref={surface}
        className={preview === null ? styles.surface : `${styles.surface} ${styles.over}`}
        {...handlers}
      >
        {width > 0 && (
          <Picture
            tape={tape}
            offset={offset}
            moves={moves || timeline.playing}
            width={width}
            now={lab.run ? now : null}
            nowText={`${seconds(moves ? now - (now % DIGITS_EVERY_MS) : now, digitsOf(4 / pxPerMs))} s`}
            proxyName={t('proxy')}
            over={!whole.live && playhead === null}
            movable={!whole.live || paused !== null}
            starting={isStarting}
            stale={lab.stale}
            preview={preview}
            measure={timeline.measure}
          />
        )}
      </div>
      {isEmpty && !lab.error && width > 0 && (
        <EmptyBand {...{ geometry, width, span: view.span }} nothing={props.nothing} onRun={props.onRun} />
      )}
      {isStarting && <StartingNote geometry={geometry} startedAt={lab.startedAt} onStop={props.onStop} />}
      <GapNotes {...overlay} onReconnect={lab.reconnect} />
      <ErrorBox {...overlay} error={error} onOpenPosition={onOpenPosition} />
      <DensityNote {...overlay} />
      {lab.run && <ClockFigure {...overlay} />}
      {run.live && !paused && playhead === null && <NowChip {...overlay} />}
    </>
  );
}

/** Keys of the band itself; returns whether the key was used. */
function actOnKey(event: KeyboardEvent, { onInspect }: WireProps): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { run, selection, select } = useLab.getState();
  const { pan, span, measure, setMeasure } = useTimeline.getState();
  if (event.key === 'Escape') {
    if (measure) setMeasure(null);
    else select(null);
    return true;
  }
  if (event.key === 'Enter') {
    if (selection) onInspect();
    return selection !== null;
  }
  if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
    pan((event.key === 'ArrowLeft' ? -1 : 1) * (span / 8), pictureNow());
    return true;
  }
  const step = KEY_STEPS[event.key];
  if (!step || !run) return false;
  const next = neighbour(useTimeline.getState().paused?.run ?? run, selection?.message ?? null, step);
  if (next) select({ message: next.id });
  return true;
}

function useShownRun(number: number | null): void {
  useEffect(() => useTimeline.getState().showRun(number), [number]);
}

/** Brings what is followed into the window, wherever it was chosen. */
function useReveal(selection: Selection | null): void {
  const reveal = useCallback((id: string) => {
    // A playhead that moves chooses what it passes, and is in the window.
    if (useTimeline.getState().playhead !== null) return;
    const run = useTimeline.getState().paused?.run ?? useLab.getState().run;
    const message = messageOf(run, id);
    if (!run || !message) return;
    const now = pictureNow();
    const isNewest = run.messages.at(-1)?.id === id;
    useTimeline.getState().reveal(message.sent, message.arrived ?? now, now, isNewest);
  }, []);
  const id = selection?.message;
  useEffect(() => {
    if (id !== undefined) reveal(id);
  }, [id, reveal]);
}
