import type { RaceResult } from '../model/result.ts';
import { scaleOf } from '../model/scale.ts';
import styles from './Board.module.css';
import { useSize } from './use-size.ts';

/** The one clock, under all tracks. */
export function Ruler({ result }: { result: RaceResult }) {
  const [box, { width }] = useSize<HTMLDivElement>();
  const { x, ticks } = scaleOf(result, width);
  const digits = (ticks[1] ?? 1_000) < 1_000 ? ((ticks[1] ?? 0) % 100 === 0 ? 1 : 2) : 0;
  return (
    <div ref={box} className={styles.time}>
      <svg width={width} height={24} aria-hidden="true">
        {ticks.map((t) => (
          <g key={t}>
            <line x1={x(t)} x2={x(t)} y1={0} y2={5} className={styles.tick} />
            <text x={x(t)} y={18} textAnchor={t === 0 ? 'start' : 'middle'} className={styles.rulerText}>
              {t === 0 ? '0 s' : (t / 1000).toFixed(digits)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
