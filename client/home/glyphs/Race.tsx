import { Fragment } from 'react';
import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';

/** When the two messages happen, and how long each track keeps them waiting. */
const EVENTS = [36, 124];
const WAITS = [
  [62, 80],
  [40, 22],
  [22, 22],
  [22, 22],
  [22, 22],
];

/** A stave of five lines, one a technique: the same two messages, waits of different length. */
export function Race() {
  return (
    <>
      {EVENTS.map((x) => (
        <path key={x} d={`M${x} 12V104`} className={styles.event} />
      ))}
      {WAITS.map((waits, track) => {
        const y = 22 + track * 18;
        return (
          <Fragment key={y}>
            <path d={`M0 ${y}H${STAVE.width}`} className={styles.track} />
            {waits.map((wait, index) => {
              const x = EVENTS[index]!;
              return (
                <Fragment key={x}>
                  <path d={`M${x} ${y}h${wait}`} className={styles.wait} />
                  <circle cx={x + wait} cy={y} r={4.6} className={styles.serverDot} />
                </Fragment>
              );
            })}
          </Fragment>
        );
      })}
    </>
  );
}
