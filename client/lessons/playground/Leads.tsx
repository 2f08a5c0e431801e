import { useLayoutEffect, useRef, useState } from 'react';
import { useWireGeometry } from '../../diagram/index.ts';
import { zoomOf } from '../../ui/index.ts';
import styles from './Leads.module.css';

/** From each edge of the stage, px. */
const MARGIN = 14.5;
const CORNER = 9;
/** Middle of an editor's header, px from the top. */
const TERMINAL = 18;

interface Places {
  width: number;
  height: number;
  bandTop: number;
  wireLeft: number;
  wireRight: number;
}

/** The leads: client.js feeds the upper rail from the left, server.js the lower rail from the right. */
export function Leads() {
  const { yBrowser, yServer } = useWireGeometry();
  const svg = useRef<SVGSVGElement>(null);
  const [places, setPlaces] = useState<Places | null>(null);

  useLayoutEffect(() => {
    const stage = svg.current!.parentElement!;
    const wire = stage.querySelector<HTMLElement>('[data-lead-target]')!;
    const measure = () => {
      const [outer, inner] = [stage.getBoundingClientRect(), wire.getBoundingClientRect()];
      const zoom = zoomOf(stage);
      setPlaces({
        width: outer.width / zoom,
        height: outer.height / zoom,
        bandTop: (inner.top - outer.top) / zoom,
        wireLeft: (inner.left - outer.left) / zoom,
        wireRight: (inner.right - outer.left) / zoom,
      });
    };
    const observer = new ResizeObserver(measure);
    // The band keeps its height when a split moves it; the editors above do not.
    for (const element of [stage, wire, document.getElementById('pane-code')!]) observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <svg ref={svg} className={styles.leads} aria-hidden="true">
      {places && (
        <>
          <circle className={styles.browser} cx={MARGIN} cy={TERMINAL} r="5" />
          <path className={styles.browser} d={lead(MARGIN, 1, places.bandTop + yBrowser, places.wireLeft)} />
          <circle className={styles.server} cx={places.width - MARGIN} cy={TERMINAL} r="5" />
          <path
            className={styles.server}
            d={lead(places.width - MARGIN, -1, places.bandTop + yServer, places.wireRight)}
          />
        </>
      )}
    </svg>
  );
}

/** Down the margin at `x`, round the corner towards `way`, along the rail's height to `end`. */
function lead(x: number, way: 1 | -1, y: number, end: number): string {
  return `M${x} ${TERMINAL}V${y - CORNER}Q${x} ${y} ${x + way * CORNER} ${y}H${end}`;
}
