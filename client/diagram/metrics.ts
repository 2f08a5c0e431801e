import { median } from '../capture/index.ts';
import type { Delivery, Run } from '../capture/run.ts';

/** The figures under the wire, all counted from what was recorded. */
export interface RunMetrics {
  requests: number;
  /** TCP connections open at the end of what was recorded. */
  open: number;
  bytesUp: number;
  bytesDown: number;
  /** Bytes whose role is Data. */
  data: number;
  /** Share of the bytes that are not Data, 0 to 1; null before the first byte. */
  overhead: number | null;
  /** Handled in the page, of all that was made for it: deliveries, or responses where there are none. */
  delivered: number;
  deliverable: number;
  /** From being made on the server to being handled in the page, ms; of responses from their first byte. */
  medianDelay: number | null;
}

export function metricsOf({ totals, connections, deliveries }: Run): RunMetrics {
  const { requests, bytesUp, bytesDown, data, delivered, deliverable, medianDelay } = totals;
  const total = bytesUp + bytesDown;
  return {
    requests,
    open: connections.filter((connection) => !connection.ended).length,
    bytesUp,
    bytesDown,
    data,
    overhead: total === 0 ? null : Math.max(0, 1 - data / total),
    ...(deliveries.length > 0 ? deliveredOf(deliveries) : { delivered, deliverable, medianDelay }),
  };
}

function deliveredOf(deliveries: Delivery[]): Pick<RunMetrics, 'delivered' | 'deliverable' | 'medianDelay'> {
  const delays = deliveries.flatMap(({ created, handled }) =>
    created === null || handled === null ? [] : [handled - created],
  );
  return {
    delivered: deliveries.filter(({ handled }) => handled !== null).length,
    deliverable: deliveries.length,
    medianDelay: median(delays),
  };
}
