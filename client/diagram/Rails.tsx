import { memo } from 'react';
import type { WireGeometry } from './geometry.ts';
import { Sheet } from './Layers.tsx';
import styles from './Wire.module.css';

interface RailsProps {
  geometry: WireGeometry;
  width: number;
  /** There is a run. */
  live: boolean;
  starting: boolean;
}

/** Around now, which is at 0: the rails, and the veil over what is to come. */
export const Rails = memo(function Rails({ geometry, width, live, starting }: RailsProps) {
  const { ruler, yBrowser, yServer, second, height } = geometry;
  const y = ruler - 0.5;
  return (
    <Sheet width={width} height={height}>
      {ruler > 0 && <line x1={-width} x2={width} y1={y} y2={y} className={styles.rulerLine} />}
      {live && ruler > 0 && (
        <rect y={ruler} width={width} height={height - ruler} className={styles.future} />
      )}
      <Rail y={yBrowser} width={width} ink="browser" solid={starting ? width : 0} />
      <Rail y={yServer} width={width} ink="server" dotted={starting} />
      {second && <Rail y={second.y} width={width} ink="browser" />}
    </Sheet>
  );
});

interface RailProps {
  y: number;
  width: number;
  ink: 'browser' | 'server';
  solid?: number;
  dotted?: boolean;
}

/** Solid until now, or as far as `solid`, thin ahead; dotted while nothing listens. */
function Rail({ y, width, ink, solid = 0, dotted = false }: RailProps) {
  if (dotted)
    return (
      <line x1="0" x2={width} y1={y} y2={y} className={`${styles.rail} ${styles.dotted} ${styles[ink]}`} />
    );
  return (
    <g className={styles[ink]}>
      <line x1={-width} x2={solid} y1={y} y2={y} className={styles.rail} />
      <line x1={solid} x2={width} y1={y} y2={y} className={`${styles.rail} ${styles.ahead}`} />
    </g>
  );
}

export const ProxyRail = memo(function ProxyRail(props: {
  y: number;
  width: number;
  height: number;
  name: string | null;
}) {
  const { y, width, height, name } = props;
  return (
    <Sheet width={width} height={height}>
      <line x1="0" x2={width} y1={y} y2={y} className={styles.proxyRail} />
      {name !== null && (
        <text x={width - 8} y={y - 6} textAnchor="end" className={styles.proxyName}>
          {name}
        </text>
      )}
    </Sheet>
  );
});
