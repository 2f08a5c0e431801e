import { useId } from 'react';
import { textWidth } from './format.ts';
import type { Tape } from './layout.ts';
import { dimensionOf } from './layout/dimension.ts';
import { layoutLive } from './layout/live.ts';
import { pointsOf } from './layout/strokes.ts';
import { DimensionLine } from './Words.tsx';
import { FlyingStrokes, MarkLine } from './Strokes.tsx';
import { HeldBars, WaitingBars, TapeGround, TapeSignal, TapeWords, WashArea } from './Tape.tsx';
import styles from './Wire.module.css';

export interface PictureProps {
  tape: Tape;
  /** How far the tape is moved to the left, whole px. */
  offset: number;
  /** It moves with every frame. */
  moves: boolean;
  width: number;
  /** Lab time of the playhead, ms; null when there is no run. */
  now: number | null;
  /** Words on the playhead's flag. */
  nowText: string;
  /** What the proxy's rail is called. */
  proxyName: string;
  /** The run is over: it ends with a final bar. */
  over: boolean;
  /** The playhead can be put elsewhere. */
  movable: boolean;
  /** The server does not listen yet. */
  starting: boolean;
  stale: boolean;
  /** Message under the pointer. */
  preview: string | null;
  measure: { from: number; to: number } | null;
}

/** One frame of the band, as SVG. Only what lies in the tape's stretch is in it. */
export function Picture(props: PictureProps) {
  const { tape, offset, width, now, starting, preview, measure } = props;
  const { geometry } = tape.frame;
  const { ruler, yBrowser, yServer, height } = geometry;
  const hatch = useId();
  const live = now === null ? null : layoutLive(tape, now);
  const xNow = live ? Math.min(Math.max(live.xNow - offset, 0), width) : starting ? 0 : width;
  const moved = {
    style: { transform: `translateX(${-offset}px)` },
    className: props.moves ? styles.moving : undefined,
  };
  const hovered =
    preview === null ? [] : tape.strokes.filter(({ message, selected }) => message === preview && !selected);
  return (
    <svg
      className={ruler > 0 ? styles.svg : `${styles.svg} ${styles.small}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <defs>
        <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="7" height="7" className={styles.hatchGround} />
          <line x1="0" y1="0" x2="0" y2="7" className={styles.hatchLine} />
        </pattern>
      </defs>
      <g className={props.stale ? styles.stale : ''}>
        {ruler > 0 && <Levels yBrowser={yBrowser} yServer={yServer} width={width} />}
        <g {...moved}>
          <TapeGround tape={tape} hatch={hatch} />
          {live?.washes.map((wash) => (
            <WashArea key={wash.connection} wash={wash} hatch={hatch} />
          ))}
        </g>
        {ruler > 0 && (
          <line x1="0" x2={width} y1={ruler - 0.5} y2={ruler - 0.5} className={styles.rulerLine} />
        )}
        {live && ruler > 0 && (
          <rect x={xNow} y={ruler} width={width - xNow} height={height - ruler} className={styles.future} />
        )}
        <Rail y={yBrowser} xNow={starting ? width : xNow} width={width} ink="browser" dotted={false} />
        <Rail y={yServer} xNow={xNow} width={width} ink="server" dotted={starting} />
        {geometry.second && (
          <Rail y={geometry.second.y} xNow={xNow} width={width} ink="browser" dotted={false} />
        )}
        {tape.proxy !== null && (
          <>
            <line x1="0" x2={width} y1={tape.proxy} y2={tape.proxy} className={styles.proxyRail} />
            {ruler > 0 && (
              <text x={width - 8} y={tape.proxy - 6} textAnchor="end" className={styles.proxyName}>
                {props.proxyName}
              </text>
            )}
          </>
        )}
        <g {...moved}>
          {live && <HeldBars bars={live.held} />}
          {live && <WaitingBars bars={live.waiting} />}
          {hovered.map((stroke) => (
            <MarkLine key={stroke.key} points={pointsOf(stroke)} preview />
          ))}
          <TapeSignal tape={tape} />
          {live && <FlyingStrokes strokes={live.flying} />}
          <TapeWords tape={tape} />
          {tape.gaps.map(({ gap, x1, x2 }) => (
            <rect
              key={`${gap.reason} ${gap.from}`}
              x={x1}
              width={Math.max(2, (x2 ?? live?.xNow ?? x1) - x1)}
              y={ruler}
              height={gap.reason === 'bytes-not-recorded' ? 8 : height - ruler}
              fill={`url(#${hatch})`}
            />
          ))}
          {measure && <DimensionLine dimension={measured(tape, measure)} />}
        </g>
      </g>
      {live && live.xNow >= offset && live.xNow <= offset + width && (
        <Playhead
          x={xNow}
          width={width}
          ruler={ruler}
          height={height}
          text={props.nowText}
          over={props.over}
          movable={props.movable}
        />
      )}
    </svg>
  );
}

/** The span dragged on the ruler, drawn just below it. */
function measured(tape: Tape, { from, to }: { from: number; to: number }) {
  const { ruler, height } = tape.frame.geometry;
  const dimension = dimensionOf(tape.frame, Math.min(from, to), Math.max(from, to));
  const y = ruler + 12;
  return { ...dimension, y, from: height, fromRight: height, rect: { ...dimension.rect, y: y - 9 } };
}

function Levels({ yBrowser, yServer, width }: { yBrowser: number; yServer: number; width: number }) {
  return [0.25, 0.5, 0.75].map((part) => {
    const y = Math.round(yBrowser + (yServer - yBrowser) * part) + 0.5;
    return (
      <line
        key={part}
        x1="0"
        x2={width}
        y1={y}
        y2={y}
        className={part === 0.5 ? styles.middle : styles.minor}
      />
    );
  });
}

/** Solid until now, thin ahead; dotted while nothing listens. */
function Rail(props: { y: number; xNow: number; width: number; ink: 'browser' | 'server'; dotted: boolean }) {
  const { y, xNow, width, ink, dotted } = props;
  if (dotted)
    return (
      <line x1="0" x2={width} y1={y} y2={y} className={`${styles.rail} ${styles.dotted} ${styles[ink]}`} />
    );
  return (
    <g className={styles[ink]}>
      <line x1="0" x2={xNow} y1={y} y2={y} className={styles.rail} />
      <line x1={xNow} x2={width} y1={y} y2={y} className={`${styles.rail} ${styles.ahead}`} />
    </g>
  );
}

function Playhead(props: {
  x: number;
  width: number;
  ruler: number;
  height: number;
  text: string;
  over: boolean;
  movable: boolean;
}) {
  const { x, width, ruler, height, text, over, movable } = props;
  const flag = Math.max(54, textWidth(text, 12) + 14);
  const at = Math.min(Math.max(x, flag / 2 + 1), width - flag / 2 - 1);
  return (
    <g>
      <line x1={x} x2={x} y1={Math.max(0, ruler - 1)} y2={height} className={styles.now} />
      {over && <line x1={x + 4.5} x2={x + 4.5} y1={ruler} y2={height} className={styles.finalBar} />}
      {ruler > 0 && (
        <g className={movable ? `${styles.flag} ${styles.movable}` : styles.flag}>
          <rect x={at - flag / 2} y="2" width={flag} height="18" rx="2" />
          <text x={at} y="15" textAnchor="middle">
            {text}
          </text>
        </g>
      )}
    </g>
  );
}
