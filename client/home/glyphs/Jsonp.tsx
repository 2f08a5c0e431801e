import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Landing, Wall } from './strokes.tsx';

const { browser, server, trip, wall, width } = STAVE;
const RADIUS = 8;

/** A line that jumps over the wall, as wires do in a circuit diagram. */
function hop(at: number, from: number, to: number): string {
  const length = Math.hypot(trip, to - from);
  const [dx, dy] = [(RADIUS * trip) / length, (RADIUS * (to - from)) / length];
  const middle = at + trip / 2;
  const sweep = from < to ? 1 : 0;
  return (
    `M${at} ${from}L${(middle - dx).toFixed(2)} ${(wall - dy).toFixed(2)}` +
    `A${RADIUS} ${RADIUS} 0 0 ${sweep} ${(middle + dx).toFixed(2)} ${(wall + dy).toFixed(2)}L${at + trip} ${to}`
  );
}

/** The wall is closed; request and response hop over it, and what lands is a call: `callback( )`. */
export function Jsonp() {
  const landing = 116 + trip;
  return (
    <>
      <Wall from={0} to={width} closed />
      <path d={hop(48, browser, server)} className={styles.browser} />
      <path d={hop(116, server, browser)} className={styles.server} />
      <Landing at={landing} />
      <path
        d={`M${landing - 9} ${browser - 11}q-6 11 0 22M${landing + 9} ${browser - 11}q6 11 0 22`}
        className={styles.sign}
      />
    </>
  );
}
