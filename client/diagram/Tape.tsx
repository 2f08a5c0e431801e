import { memo } from 'react';
import type { Tape } from './layout.ts';
import type { DoubleBar, WaitingBar, Wash } from './layout/connections.ts';
import type { HeldBar } from './layout/held.ts';
import { Boxes, DimensionLine, Flags, Words } from './Words.tsx';
import { SettledStrokes } from './Strokes.tsx';
import styles from './Wire.module.css';

/** Ground of the tape: graticule, ruler, connections that are over. */
export const TapeGround = memo(function TapeGround({ tape, hatch }: { tape: Tape; hatch: string }) {
  const { ruler, yBrowser, yServer, second, height } = tape.frame.geometry;
  return (
    <>
      {tape.grid.map(({ x, major, label }) => (
        <g key={x}>
          <line
            x1={x}
            x2={x}
            y1={major ? ruler : yBrowser}
            y2={major ? height : (second?.y ?? yServer)}
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
      {tape.washes.map((wash) =>
        wash.end ? (
          <WashArea key={wash.connection} wash={{ ...wash, end: wash.end }} hatch={hatch} />
        ) : (
          // Its ground grows: it is drawn apart.
          wash.silent === null && <WashEdge key={wash.connection} wash={wash} />
        ),
      )}
    </>
  );
});

/** How wide the hatched edge is where a wire went silent, px. */
const SILENT_EDGE_PX = 14;

/** Where a connection was opened. */
function WashEdge({ wash: { x, top, bottom, selected } }: { wash: Wash }) {
  return <line x1={x} x2={x} y1={top} y2={bottom} className={edgeLook(selected)} />;
}

function edgeLook(selected: boolean): string {
  return selected ? `${styles.washEdge} ${styles.followed}` : styles.washEdge!;
}

/** One TCP connection between its opening and its end, or now. */
export function WashArea(props: {
  wash: Wash & { end: { browser: number; server: number } };
  hatch: string;
}) {
  const { x, end, top, bottom, by, selected, silent, switched } = props.wash;
  const edge = edgeLook(selected);
  const told =
    silent === null ? end : { browser: Math.min(silent, end.browser), server: Math.min(silent, end.server) };
  const ground = switched === null ? styles.wash : `${styles.wash} ${styles.switched}`;
  return (
    <>
      <path d={`M${x} ${top}V${bottom}H${told.server}L${told.browser} ${top}z`} className={ground} />
      <WashEdge wash={props.wash} />
      {silent !== null && (
        <>
          <path
            d={`M${silent} ${top}V${bottom}H${end.server}L${end.browser} ${top}z`}
            className={`${ground} ${styles.unheard}`}
          />
          <rect
            x={silent}
            y={top}
            width={SILENT_EDGE_PX}
            height={bottom - top}
            fill={`url(#${props.hatch})`}
          />
          <line x1={silent} x2={silent} y1={top} y2={bottom} className={styles.silentEdge} />
        </>
      )}
      {(by === 'browser' || by === 'server' || by === 'proxy') && (
        <line x1={end.browser} x2={end.server} y1={top} y2={bottom} className={edge} />
      )}
    </>
  );
}

function HeldBars({ bars }: { bars: (HeldBar & { x2: number })[] }) {
  return bars.map(({ key, x1, x2, y }) => (
    <rect key={key} x={x1} y={y - 3} width={Math.max(0, x2 - x1)} height="6" className={styles.held} />
  ));
}

/** Calls of the page that wait for a free connection. */
export function WaitingBars({ bars }: { bars: (WaitingBar & { x2: number })[] }) {
  return bars.map(({ key, x1, x2, y }) => (
    <rect
      key={key}
      x={x1 + 0.75}
      y={y - 2.75}
      width={Math.max(0, x2 - x1 - 1.5)}
      height="5.5"
      className={styles.waiting}
    />
  ));
}

/** What crossed between the rails: held requests, cuts, strokes, or bars where strokes would be too close. */
export const TapeSignal = memo(function TapeSignal({ tape }: { tape: Tape }) {
  const { yBrowser, yServer, second } = tape.frame.geometry;
  const bottom = second?.y ?? yServer;
  return (
    <>
      <HeldBars bars={settled(tape.held)} />
      <WaitingBars bars={settled(tape.waiting)} />
      {tape.density?.bars.map(({ key, rect, ink, count }) => (
        <rect key={key} {...rect} className={`${styles.bar} ${styles[ink]}`}>
          <title>{count}</title>
        </rect>
      ))}
      {tape.switches.map((bar) => (
        <DoubleBarLine
          key={bar.x}
          bar={bar}
          top={yBrowser}
          bottom={bottom}
          isSmall={tape.grid.length === 0}
        />
      ))}
      {tape.cuts.map((x) => {
        const path = breakLine(x, yBrowser - 12, bottom + 12);
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

function settled<T extends { x2: number | null }>(bars: T[]): (T & { x2: number })[] {
  return bars.flatMap((bar) => (bar.x2 === null ? [] : [{ ...bar, x2: bar.x2 }]));
}

/** The key change: from here on another protocol is spoken. */
function DoubleBarLine(props: { bar: DoubleBar; top: number; bottom: number; isSmall: boolean }) {
  const { bar, top, bottom, isSmall } = props;
  const [y1, y2] = isSmall ? [top - 5, bottom + 5] : [top - 10, bottom + 44];
  return (
    <g>
      <line x1={bar.x} x2={bar.x} y1={y1} y2={y2} className={styles.thinBar} />
      <line x1={bar.x + 5} x2={bar.x + 5} y1={y1} y2={y2} className={styles.thickBar} />
      {!isSmall && (
        <text x={bar.x + 13} y={bottom + 44} className={styles.barText}>
          {bar.text}
        </text>
      )}
    </g>
  );
}

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
      {tape.dimensions.map((dimension) => (
        <DimensionLine key={`${dimension.x1} ${dimension.y}`} dimension={dimension} />
      ))}
      <Flags flags={tape.flags} />
      <Words labels={tape.labels} />
      <Boxes boxes={tape.boxes} />
    </>
  );
});
