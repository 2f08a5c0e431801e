/** What of the picture the compositor moves and stretches by itself. */
import type { ReactNode } from 'react';
import type { Wash } from './layout/connections.ts';
import type { HeldBar } from './layout/held.ts';
import styles from './Wire.module.css';

/**
 * A part of the picture that moves as a whole, `x` px to the right. Groups within one SVG would be laid out for it,
 * and the whole SVG painted (Chromium).
 */
export function Layer({ x, moves, children }: { x: number; moves: boolean; children: ReactNode }) {
  return (
    <span
      className={moves ? `${styles.layer} ${styles.moving}` : styles.layer}
      style={{ transform: `translateX(${x}px)` }}
    >
      {children}
    </span>
  );
}

/** What is drawn on a layer, or stands still. It may reach beyond its box. */
export function Sheet({ width, height, children }: { width: number; height: number; children: ReactNode }) {
  return (
    <svg className={styles.sheet} width={width} height={height}>
      {children}
    </svg>
  );
}

/** Connections that are open, as far as now. */
export function GrowingWashes({ washes }: { washes: (Wash & { end: { browser: number } })[] }) {
  return washes.map(({ connection, x, end, top, bottom, silent, switched }) =>
    silent === null ? (
      <Growing
        key={connection}
        x1={x}
        x2={end.browser}
        y={top}
        height={bottom - top}
        className={switched === null ? styles.openWash : `${styles.openWash} ${styles.switched}`}
      />
    ) : null,
  );
}

/** Requests that are held, as far as now. */
export function GrowingBars({ bars }: { bars: (HeldBar & { x2: number })[] }) {
  return bars.map(({ key, x1, x2, y }) => (
    <Growing key={key} x1={x1} x2={x2} y={y - 3} height={6} className={styles.openHeld} />
  ));
}

/** So wide that rounding it to whole pixels of the screen, where the stage is enlarged, does not show when it is stretched. */
const GROWING_PX = 1_000;

/** A rectangle that ends elsewhere with every frame. */
function Growing(props: {
  x1: number;
  x2: number;
  y: number;
  height: number;
  className: string | undefined;
}) {
  const { x1, x2, y, height, className } = props;
  const transform = `translateX(${x1}px) scaleX(${Math.max(0, x2 - x1) / GROWING_PX})`;
  return (
    <span
      className={`${styles.growing} ${className}`}
      style={{ top: y, width: GROWING_PX, height, transform }}
    />
  );
}
