import { memo } from 'react';
import type { Tape } from './layout.ts';
import type { HeldBar, Wash } from './layout/connections.ts';
import { Boxes, DimensionLine, Flags, Words } from './Words.tsx';
import { SettledStrokes } from './Strokes.tsx';
import styles from './Wire.module.css';

/** Ground of the tape: graticule, ruler, connections that are over. */
export const TapeGround = memo(function TapeGround({ tape }: { tape: Tape }) {
  const { ruler, yBrowser, yServer, height } = tape.frame.geometry;
  return (
    <>
      {tape.grid.map(({ x, major, label }) => (
        <g key={x}>
          <line
            x1={x}
            x2={x}
            y1={major ? ruler : yBrowser}
            y2={major ? height : yServer}
            className={major ? styles.major : styles.minor}
          />
          <line x1={x} x2={x} y1={ruler - (major ? 8 : 4)} y2={ruler} className={styles.tick} />
          {label !== null && (
            <text x={x + 5} y={ruler - 6} className={styles.rulerText}>
              {label}
            </text>
          )}
        </g>
      ))}
      {tape.washes.map(
        (wash) => wash.end && <WashArea key={wash.connection} wash={{ ...wash, end: wash.end }} />,
      )}
    </>
  );
});

/** One TCP connection between its opening and its end, or now. */
export function WashArea({ wash }: { wash: Wash & { end: { browser: number; server: number } } }) {
  const { x, end, top, bottom, by, selected } = wash;
  const edge = selected ? `${styles.washEdge} ${styles.followed}` : styles.washEdge;
  return (
    <>
      <path d={`M${x} ${top}V${bottom}H${end.server}L${end.browser} ${top}z`} className={styles.wash} />
      <line x1={x} x2={x} y1={top} y2={bottom} className={edge} />
      {(by === 'browser' || by === 'server') && (
        <line x1={end.browser} x2={end.server} y1={top} y2={bottom} className={edge} />
      )}
    </>
  );
}

export function HeldBars({ bars }: { bars: (HeldBar & { x2: number })[] }) {
  return bars.map(({ key, x1, x2, y }) => (
    <rect key={key} x={x1} y={y - 3} width={Math.max(0, x2 - x1)} height="6" className={styles.held} />
  ));
}

/** What crossed between the rails: held requests, cuts, strokes, or bars where strokes would be too close. */
export const TapeSignal = memo(function TapeSignal({ tape }: { tape: Tape }) {
  const { yBrowser, yServer } = tape.frame.geometry;
  return (
    <>
      <HeldBars bars={tape.held.flatMap((bar) => (bar.x2 === null ? [] : [{ ...bar, x2: bar.x2 }]))} />
      {tape.density?.bars.map(({ key, rect, ink, count }) => (
        <rect key={key} {...rect} className={`${styles.bar} ${styles[ink]}`}>
          <title>{count}</title>
        </rect>
      ))}
      {tape.cuts.map((x) => {
        const path = breakLine(x, yBrowser - 12, yServer + 12);
        return (
          <g key={x}>
            <path d={path} className={styles.cutGround} />
            <path d={path} className={styles.cut} />
          </g>
        );
      })}
      <SettledStrokes strokes={tape.strokes} />
    </>
  );
});

/** The break line of engineering drawings, through both rails. */
function breakLine(x: number, from: number, to: number): string {
  let path = `M${x} ${from}`;
  for (let y = from + 7, side = -1; y < to + 7; y += 7, side = -side) {
    path += `L${x + 4 * side} ${Math.min(y, to)}`;
  }
  return path;
}

/** Words, boxes and dimensions: above everything that is drawn. */
export const TapeWords = memo(function TapeWords({ tape }: { tape: Tape }) {
  return (
    <>
      {tape.dimension && <DimensionLine dimension={tape.dimension} selected />}
      <Flags flags={tape.flags} />
      <Words labels={tape.labels} />
      <Boxes boxes={tape.boxes} />
    </>
  );
});
