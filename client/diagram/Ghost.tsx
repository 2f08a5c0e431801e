import type { WireGeometry } from './geometry.ts';
import type { Stroke } from './layout/strokes.ts';
import { SettledStrokes } from './Strokes.tsx';
import styles from './Overlays.module.css';

/** Asking every second over 150 ms: what polling is expected to look like. */
const EVERY_MS = 1_000;
const LATENCY_MS = 150;

/** The expected signal, faint, where the real one will be. */
export function Ghost({ geometry, width, span }: { geometry: WireGeometry; width: number; span: number }) {
  const px = width / span;
  const strokes: Stroke[] = [];
  for (let t = 0; t * px < width; t += EVERY_MS) {
    const x = (t + span * 0.017) * px;
    const way = LATENCY_MS * px;
    strokes.push(
      ghostStroke('up', x, x + way, geometry),
      ghostStroke('down', x + way + 1, x + 2 * way + 1, geometry),
    );
  }
  return (
    <svg className={styles.ghost} width={width} height={geometry.height} aria-hidden="true">
      <SettledStrokes strokes={strokes} />
    </svg>
  );
}

function ghostStroke(direction: 'up' | 'down', x1: number, x2: number, geometry: WireGeometry): Stroke {
  const isUp = direction === 'up';
  return {
    key: `${direction}${x1}`,
    message: '',
    direction,
    ink: isUp ? 'browser' : 'server',
    head: true,
    dashed: false,
    selected: false,
    x1,
    y1: isUp ? geometry.yBrowser : geometry.yServer,
    x2,
    y2: isUp ? geometry.yServer : geometry.yBrowser,
    state: 'arrived',
    via: null,
    shift: 0,
    released: 0,
    entered: 0,
    until: 0,
  };
}
