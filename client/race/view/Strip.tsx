import { stripOf } from '../model/strip.ts';
import styles from './Board.module.css';
import { duration } from './words.ts';

interface Props {
  delays: readonly number[];
  median: number | null;
  predicted: number | null;
  /** The end of the scale, ms. */
  longest: number;
  width: number;
  height: number;
}

/** The delay of each message as a dot, their median as a line, and as a hollow diamond what the formula says. */
export function Strip({ delays, median, predicted, longest, width, height }: Props) {
  const { dots, x, ticks } = stripOf(delays, longest, width, height);
  const middle = height / 2;
  return (
    <svg width={width} height={height} className={styles.strip} aria-hidden="true">
      {ticks.map((delay) => (
        <line key={delay} x1={x(delay)} x2={x(delay)} y1={0} y2={height} className={styles.grid} />
      ))}
      <line x1={0} x2={width} y1={middle} y2={middle} className={styles.stripLine} />
      {dots.map((dot, index) => (
        <circle key={index} cx={dot.x} cy={dot.y} r={3.4} className={styles.stripDot} />
      ))}
      {median !== null && (
        <line x1={x(median)} x2={x(median)} y1={4} y2={height - 4} className={styles.median} />
      )}
      {predicted !== null && predicted <= longest && (
        <path d={`M${x(predicted)} ${height - 9}l4 4-4 4-4-4z`} className={styles.predictedMark} />
      )}
    </svg>
  );
}

/** The figures under the strips. */
export function StripAxis({ longest, width }: { longest: number; width: number }) {
  const { x, ticks } = stripOf([], longest, width, 20);
  const unit = longest >= 1_000 ? 's' : 'ms';
  return (
    <svg width={width} height={20} className={styles.strip} aria-hidden="true">
      {ticks.map((delay) => (
        <text
          key={delay}
          x={x(delay)}
          y={15}
          textAnchor={delay === 0 ? 'start' : 'middle'}
          className={styles.rulerText}
        >
          {delay === 0 ? `0 ${unit}` : unit === 's' ? delay / 1000 : duration(delay).amount}
        </text>
      ))}
    </svg>
  );
}
