import { memo } from 'react';
import { textWidth } from './format.ts';
import type { WireGeometry } from './geometry.ts';
import { Sheet } from './Layers.tsx';
import styles from './Wire.module.css';

interface PlayheadProps {
  geometry: WireGeometry;
  width: number;
  flagShift: number;
  text: string;
  over: boolean;
  movable: boolean;
}

/** Drawn at 0. */
export const Playhead = memo(function Playhead(props: PlayheadProps) {
  const { geometry, width, flagShift, text, over, movable } = props;
  const { ruler, height } = geometry;
  const flag = flagWidth(text);
  return (
    <Sheet width={width} height={height}>
      <line y1={Math.max(0, ruler - 1)} y2={height} className={styles.now} />
      {over && <line x1="4.5" x2="4.5" y1={ruler} y2={height} className={styles.finalBar} />}
      {ruler > 0 && (
        <g className={movable ? `${styles.flag} ${styles.movable}` : styles.flag}>
          <rect x={flagShift - flag / 2} y="2" width={flag} height="18" rx="2" />
          <text x={flagShift} y="15" textAnchor="middle">
            {text}
          </text>
        </g>
      )}
    </Sheet>
  );
});

function flagWidth(text: string): number {
  return Math.max(54, textWidth(text, 12) + 14);
}

/** How far the flag of a playhead at `x` is moved to stay within the window, px. */
export function flagShift(text: string, x: number, width: number): number {
  const half = flagWidth(text) / 2 + 1;
  return Math.min(Math.max(x, half), width - half) - x;
}
