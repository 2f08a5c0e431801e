import type { RaceResult } from '../model/result.ts';
import { scaleOf } from '../model/scale.ts';
import styles from './Board.module.css';
import { useSize } from './use-size.ts';

const BOX = 17;
const APART = 18;
const HEIGHT = 34;

/** The server's events above all tracks: a box for each message, an empty one while it is to come. */
export function Score({ result }: { result: RaceResult }) {
  const [box, { width }] = useSize<HTMLDivElement>();
  const { x } = scaleOf(result, width);
  const boxes = boxesOf(
    result.messages.map(({ published, planned }) => x(published ?? planned)),
    width,
  );
  return (
    <div ref={box} className={styles.time}>
      <svg width={width} height={HEIGHT} aria-hidden="true">
        {result.messages.map(({ published }, index) => {
          const at = boxes[index]!;
          return (
            <g key={index} className={published === null ? styles.toCome : styles.happened}>
              {published !== null && (
                <path d={`M${at} ${5 + BOX}L${x(published)} ${HEIGHT}`} className={styles.stem} />
              )}
              <rect x={at - BOX / 2} y={5} width={BOX} height={BOX} rx={2} />
              {published !== null && (
                <text x={at} y={17.5} textAnchor="middle">
                  {index + 1}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Boxes that would cover each other move to the right; those at the end back to the left. */
function boxesOf(times: readonly number[], width: number): number[] {
  const order = times.map((_, index) => index).sort((a, b) => times[a]! - times[b]!);
  const boxes = [...times];
  for (let at = 1; at < order.length; at++) {
    boxes[order[at]!] = Math.max(boxes[order[at]!]!, boxes[order[at - 1]!]! + APART);
  }
  let most = width - BOX / 2 - 1;
  for (const index of order.toReversed()) {
    boxes[index] = Math.min(boxes[index]!, most);
    most = boxes[index] - APART;
  }
  return boxes;
}
