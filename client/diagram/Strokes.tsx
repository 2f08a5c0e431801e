import { memo, useMemo } from 'react';
import type { FlyingStroke } from './layout/live.ts';
import { type Point, pointsOf, type Stroke } from './layout/strokes.ts';
import { flyingPaths, openPath, strokePaths } from './stroke-paths.ts';
import styles from './Wire.module.css';

const lookOf = ({ ink, head, dashed }: Pick<Stroke, 'ink' | 'head' | 'dashed'>) =>
  [styles[ink], styles.stroke, head && styles.thick, dashed && styles.dashed].filter(Boolean).join(' ');

/** Strokes that arrived or were lost. */
export const SettledStrokes = memo(function SettledStrokes({ strokes }: { strokes: Stroke[] }) {
  const settled = useMemo(() => strokes.filter(({ state }) => state !== 'flying'), [strokes]);
  const paths = useMemo(() => strokePaths(settled), [settled]);
  return (
    <>
      {settled.map((stroke) => stroke.selected && <MarkLine key={stroke.key} points={pointsOf(stroke)} />)}
      {paths.held.map(({ ink, d }) => (
        <path key={ink} d={d} className={`${styles.atProxy} ${styles[ink]}`} />
      ))}
      {paths.lines.map((line) => (
        <path key={lookOf(line)} d={line.d} className={lookOf(line)} />
      ))}
      {[...paths.arrows, ...paths.dots].map(({ ink, d }) => (
        <path key={d} d={d} className={`${styles.arrow} ${styles[ink]}`} />
      ))}
      {paths.crosses.map(({ x, y }) => (
        <g key={`${x} ${y}`}>
          <circle cx={x} cy={y} r="9" className={styles.crossGround} />
          <path d={`M${x - 4.5} ${y - 4.5}l9 9m0-9l-9 9`} className={styles.cross} />
        </g>
      ))}
    </>
  );
});

/** Bytes in flight: solid as far as they are by now, dotted to where they are expected. */
export function FlyingStrokes({ strokes }: { strokes: FlyingStroke[] }) {
  return strokes.map((stroke) => {
    const { key, selected, solid, dotted, ink, head } = stroke;
    const paths = flyingPaths(stroke);
    return (
      <g key={key}>
        {selected && <MarkLine points={solid} />}
        <path d={paths.held} className={`${styles.atProxy} ${styles[ink]}`} />
        <path d={openPath(dotted, head).d} className={`${styles.expected} ${styles[ink]}`} />
        <path d={paths.lines} className={lookOf(stroke)} />
        <path d={paths.filled} className={`${styles.arrow} ${styles[ink]}`} />
      </g>
    );
  });
}

/** The highlighter behind a stroke. */
export function MarkLine({ points, preview }: { points: Point[]; preview?: true }) {
  return <path d={openPath(points, false).d} className={preview ? styles.preview : styles.mark} />;
}
