import { memo, useId } from 'react';
import type { WireGeometry } from './geometry.ts';
import type { Tape } from './layout.ts';
import { dimensionOf } from './layout/dimension.ts';
import { layoutLive } from './layout/live.ts';
import { pointsOf } from './layout/strokes.ts';
import { DimensionLine } from './Words.tsx';
import { Playhead, flagShift } from './Playhead.tsx';
import { ProxyRail, Rails } from './Rails.tsx';
import { FlyingStrokes, MarkLine } from './Strokes.tsx';
import { GrowingBars, GrowingWashes, Layer, Sheet } from './Layers.tsx';
import { TapeGround, TapeSignal, TapeWords, WaitingBars, WashArea } from './Tape.tsx';
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

/**
 * One frame of the band. Only what lies in the tape's stretch is in it. What moves as a whole is a layer that the
 * compositor moves: while nothing new is on the tape, a frame costs neither layout nor paint.
 */
export function Picture(props: PictureProps) {
  const { tape, offset, moves, width, now, starting, preview, measure } = props;
  const { geometry } = tape.frame;
  const { ruler, height } = geometry;
  const hatch = useId();
  const live = now === null ? null : layoutLive(tape, now);
  const xNow = live ? Math.min(Math.max(live.xNow - offset, 0), width) : starting ? 0 : width;
  const box = { width, height };
  const washes = live?.washes ?? [];
  const hovered =
    preview === null ? [] : tape.strokes.filter(({ message, selected }) => message === preview && !selected);
  const looks = [styles.picture, ruler === 0 && styles.small, props.stale && styles.stale];
  return (
    <span className={looks.filter(Boolean).join(' ')} style={box} aria-hidden="true">
      <Backdrop hatch={hatch} geometry={geometry} width={width} />
      <Layer x={-offset} moves={moves}>
        <Sheet {...box}>
          <TapeGround tape={tape} hatch={hatch} />
          {washes.map(
            (wash) => wash.silent !== null && <WashArea key={wash.connection} wash={wash} hatch={hatch} />,
          )}
        </Sheet>
        <GrowingWashes washes={washes} />
      </Layer>
      <Layer x={xNow} moves={moves}>
        <Rails geometry={geometry} width={width} live={live !== null} starting={starting} />
      </Layer>
      {tape.proxy !== null && (
        <ProxyRail y={tape.proxy} width={width} height={height} name={ruler > 0 ? props.proxyName : null} />
      )}
      <Layer x={-offset} moves={moves}>
        {live && <GrowingBars bars={live.held} />}
        <Sheet {...box}>
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
        </Sheet>
      </Layer>
      {live && live.xNow >= offset && live.xNow <= offset + width && (
        <Layer x={xNow} moves={moves}>
          <Playhead
            geometry={geometry}
            width={width}
            flagShift={flagShift(props.nowText, xNow, width)}
            text={props.nowText}
            over={props.over}
            movable={props.movable}
          />
        </Layer>
      )}
    </span>
  );
}

/** The span dragged on the ruler, drawn just below it. */
function measured(tape: Tape, { from, to }: { from: number; to: number }) {
  const { ruler, height } = tape.frame.geometry;
  const dimension = dimensionOf(tape.frame, Math.min(from, to), Math.max(from, to));
  const y = ruler + 12;
  return { ...dimension, y, from: height, fromRight: height, rect: { ...dimension.rect, y: y - 9 } };
}

/** What stands still behind everything. */
const Backdrop = memo(function Backdrop(props: { hatch: string; geometry: WireGeometry; width: number }) {
  const { hatch, geometry, width } = props;
  const { ruler, yBrowser, yServer, height } = geometry;
  return (
    <Sheet width={width} height={height}>
      <defs>
        <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="7" height="7" className={styles.hatchGround} />
          <line x1="0" y1="0" x2="0" y2="7" className={styles.hatchLine} />
        </pattern>
      </defs>
      {ruler > 0 &&
        [0.25, 0.5, 0.75].map((part) => {
          const y = Math.round(yBrowser + (yServer - yBrowser) * part) + 0.5;
          const look = part === 0.5 ? styles.middle : styles.minor;
          return <line key={part} x1="0" x2={width} y1={y} y2={y} className={look} />;
        })}
    </Sheet>
  );
});
