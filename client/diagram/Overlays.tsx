import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportedError, SourcePosition } from '#protocol/errors';
import type { Run } from '../capture/run.ts';
import { engineSaysAll } from '../i18n/index.ts';
import { ToolIcon } from '../ui/index.ts';
import { count, milliseconds, seconds } from './format.ts';
import type { WireGeometry } from './geometry.ts';
import { Ghost } from './Ghost.tsx';
import { toggleFollow } from './keys.ts';
import type { Tape } from './layout.ts';
import { xOf } from './layout/frame.ts';
import styles from './Overlays.module.css';

interface OverlayProps {
  run: Run;
  tape: Tape;
  offset: number;
  width: number;
  now: number;
}

/** Pages on a clock that is off by more are said so aloud. */
const CLOCK_DOUBT_MS = 5;
const STOP_AFTER_MS = 3_000;
const NARROWEST_NOTE_PX = 96;

interface EmptyBandProps {
  geometry: WireGeometry;
  width: number;
  span: number;
  onRun(): void;
  /** What is said where there is nothing to run. */
  nothing?: string | undefined;
}

/** Before the first run: the signal to expect, as a ghost, and the button that makes it real. */
export function EmptyBand({ onRun, nothing, ...ghost }: EmptyBandProps) {
  const { t } = useTranslation('wire');
  const { geometry } = ghost;
  const box = { top: geometry.yBrowser, height: geometry.yServer - geometry.yBrowser };
  return (
    <>
      <Ghost {...ghost} />
      <div className={styles.veil} style={box}>
        <p className={styles.title}>{nothing ?? t('empty.title')}</p>
        {nothing === undefined && (
          <button type="button" className={styles.run} onClick={onRun}>
            <ToolIcon name="run" />
            {t('empty.run')}
          </button>
        )}
      </div>
    </>
  );
}

/** While server.js does not listen yet: for how long already, and a way out when it takes long. */
export function StartingNote(props: { geometry: WireGeometry; startedAt: number | null; onStop(): void }) {
  const { t } = useTranslation('wire');
  const { startedAt } = props;
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setElapsed(startedAt === null ? 0 : performance.now() - startedAt), 100);
    return () => clearInterval(timer);
  }, [startedAt]);
  return (
    <div className={styles.starting} style={{ top: props.geometry.yServer + 8 }}>
      <span role="status">{t('starting.text')}</span>
      <span>{t('starting.elapsed', { time: seconds(elapsed, 1) })}</span>
      {elapsed > STOP_AFTER_MS && (
        <button type="button" className={styles.out} onClick={props.onStop}>
          <ToolIcon name="stop" />
          {t('starting.stop')}
        </button>
      )}
    </div>
  );
}

/** What is not known is said in words on its hatching. */
export function GapNotes({ tape, offset, width, now, onReconnect }: OverlayProps & { onReconnect(): void }) {
  const { t } = useTranslation('wire');
  const { yBrowser, yServer } = tape.frame.geometry;
  return tape.gaps.map(({ gap, x1, x2 }) => {
    const left = Math.max(0, x1 - offset);
    const right = Math.min(width, (x2 ?? xOf(tape.frame, now)) - offset);
    const lasts = gap.to === null;
    const room = lasts ? Math.max(right, Math.min(width, left + 2 * NARROWEST_NOTE_PX)) - left : right - left;
    if (gap.reason === 'bytes-not-recorded' || room < NARROWEST_NOTE_PX || left > width) return null;
    const text = lasts
      ? t('gap.since', { from: seconds(gap.from, 1) })
      : gap.events === undefined
        ? t('gap.between', { from: seconds(gap.from, 1), to: seconds(gap.to ?? now, 1) })
        : t('gap.events', { count: gap.events, events: count(gap.events) });
    return (
      <div
        key={`${gap.reason} ${gap.from}`}
        className={styles.veil}
        data-gap={gap.reason}
        style={{ left, width: room, top: yBrowser, height: yServer - yBrowser, right: 'auto' }}
      >
        <p className={styles.title} role={lasts ? 'status' : undefined}>
          {text}
        </p>
        {lasts && gap.reason === 'telemetry-lost' && (
          <button type="button" className={styles.out} onClick={onReconnect}>
            <ToolIcon name="reset" />
            {t('gap.reconnect')}
          </button>
        )}
      </div>
    );
  });
}

/** What server.js threw, at the place in time it happened, with the way to its line. */
export function ErrorBox(
  props: OverlayProps & { error: ReportedError | null; onOpenPosition(position: SourcePosition): void },
) {
  const { t } = useTranslation('errors');
  const { run, tape, offset, width, error, onOpenPosition } = props;
  if (!error) return null;
  const { yBrowser, yServer } = tape.frame.geometry;
  const thrown = run.serverEvents.lastThrown;
  const [x, end] = [xOf(tape.frame, thrown?.t ?? run.end) - offset, xOf(tape.frame, run.end) - offset];
  if (x < -40 || x > width + 40) return null;
  const { at } = error;
  // Beside the moment, on the side where there is room for a sentence.
  const isRight = end < width * 0.55;
  const side = isRight ? { left: Math.max(12, end + 26) } : { right: Math.max(12, width - x + 26) };
  return (
    <div className={styles.error} style={{ ...side, top: (yBrowser + yServer) / 2 }} role="alert">
      {!engineSaysAll(error) && <b>{t(error.code, { ...error.params })}</b>}
      <code>{error.message}</code>
      {at && (
        <button type="button" className={styles.position} onClick={() => onOpenPosition(at)}>
          {at.file}:{at.line}
        </button>
      )}
    </div>
  );
}

/** How much a bar of the density stands for. */
export function DensityNote({ tape: { density, frame } }: OverlayProps) {
  if (!density) return null;
  const { binMs, tallest } = density;
  return <BarNote binMs={binMs} tallest={tallest} top={frame.geometry.height - 25} />;
}

/** Most frames change neither figure. */
const BarNote = memo(function BarNote(density: { binMs: number; tallest: number; top: number }) {
  const { t } = useTranslation('wire');
  const bin = density.binMs >= 1000 ? `${density.binMs / 1000} s` : `${density.binMs} ms`;
  return (
    <p className={styles.density} style={{ top: density.top }}>
      {t('density', { bin, count: density.tallest, tallest: count(density.tallest) })}
    </p>
  );
});

/** By how much the page's times may be wrong against the server's. */
export function ClockFigure({ run, tape, offset, width, now }: OverlayProps) {
  // The playhead's flag has the right of way.
  const onLeft = xOf(tape.frame, now) - offset > width - 120;
  return <ErrorOfClock errorMs={run.clock.errorMs} onLeft={onLeft} />;
}

const ErrorOfClock = memo(function ErrorOfClock(props: { errorMs: number; onLeft: boolean }) {
  const { t } = useTranslation('wire');
  const { errorMs, onLeft } = props;
  const known = Number.isFinite(errorMs);
  const doubt = !known || errorMs > CLOCK_DOUBT_MS;
  const look = [styles.clock, onLeft && styles.left, doubt && styles.doubt];
  const figure = errorMs < 9.95 ? errorMs.toFixed(1) : milliseconds(errorMs);
  return (
    <span
      className={look.filter(Boolean).join(' ')}
      title={known ? t('clock.title', { error: figure }) : t('clock.unknown')}
    >
      {known ? `± ${figure} ms` : '± ?'}
      <span className={styles.heard}>{known ? t('clock.title', { error: figure }) : t('clock.unknown')}</span>
    </span>
  );
});

/** The way back when the playhead has left the window. */
export function NowChip({ tape, offset, width, now }: OverlayProps) {
  return xOf(tape.frame, now) - offset > width && <BackToNow />;
}

function BackToNow() {
  const { t } = useTranslation('wire');
  return (
    <button type="button" className={styles.nowChip} onClick={toggleFollow}>
      {t('now')}
      <ToolIcon name="follow" />
    </button>
  );
}
