import { memo } from 'react';
import type { FlyingStroke } from './layout.ts';
import type { Stroke } from './layout/strokes.ts';
import styles from './Wire.module.css';

/** The arrowhead at the end of a line. */
function headPath(x1: number, y1: number, x2: number, y2: number, isHead: boolean): string {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [long, wide] = isHead ? [10, 4.2] : [8, 3.4];
  const [bx, by] = [x2 - ux * long, y2 - uy * long];
  return `M${r(x2)} ${r(y2)}L${r(bx - uy * wide)} ${r(by + ux * wide)}L${r(bx + uy * wide)} ${r(by - ux * wide)}z`;
}

function r(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Strokes that arrived or were lost. */
export const SettledStrokes = memo(function SettledStrokes({ strokes }: { strokes: Stroke[] }) {
  const settled = strokes.filter(({ state }) => state !== 'flying');
  return (
    <>
      {settled.map((stroke) => stroke.selected && <MarkLine key={stroke.key} line={stroke} />)}
      {settled.map((stroke) => (
        <StrokeLine key={stroke.key} stroke={stroke} x={stroke.x2} y={stroke.y2} />
      ))}
      {settled.map(
        ({ key, state, x2, y2 }) =>
          state === 'lost' && (
            <g key={key}>
              <circle cx={r(x2)} cy={r(y2)} r="9" className={styles.crossGround} />
              <path d={`M${r(x2 - 4.5)} ${r(y2 - 4.5)}l9 9m0-9l-9 9`} className={styles.cross} />
            </g>
          ),
      )}
    </>
  );
});

/** Bytes in flight: solid as far as they are by now, dotted to where they are expected. */
export function FlyingStrokes({ strokes }: { strokes: FlyingStroke[] }) {
  return strokes.map((stroke) => (
    <g key={stroke.key}>
      {stroke.selected && <MarkLine line={{ ...stroke, x2: stroke.xNow, y2: stroke.yNow }} />}
      <line
        x1={r(stroke.xNow)}
        y1={r(stroke.yNow)}
        x2={r(stroke.x2)}
        y2={r(stroke.y2)}
        className={`${styles.expected} ${styles[stroke.ink]}`}
      />
      <StrokeLine stroke={stroke} x={stroke.xNow} y={stroke.yNow} />
    </g>
  ));
}

/** The highlighter behind a stroke. */
export function MarkLine({
  line,
  preview,
}: {
  line: Pick<Stroke, 'x1' | 'y1' | 'x2' | 'y2'>;
  preview?: true;
}) {
  return (
    <line
      x1={r(line.x1)}
      y1={r(line.y1)}
      x2={r(line.x2)}
      y2={r(line.y2)}
      className={preview ? styles.preview : styles.mark}
    />
  );
}

function StrokeLine({ stroke, x, y }: { stroke: Stroke; x: number; y: number }) {
  const { x1, y1, ink, head, state } = stroke;
  return (
    <g className={styles[ink]}>
      <line
        x1={r(x1)}
        y1={y1}
        x2={r(x)}
        y2={r(y)}
        className={head ? `${styles.stroke} ${styles.thick}` : styles.stroke}
      />
      {state !== 'lost' && <path d={headPath(x1, y1, x, y, head)} className={styles.arrow} />}
    </g>
  );
}
