import type { Run, WireMessage } from '../capture/run.ts';
import { messageOf, sizeOf } from './messages.ts';

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

export function metricsOf(run: Run): RunMetrics {
  let bytesUp = 0;
  let bytesDown = 0;
  let data = 0;
  for (const message of run.messages) {
    if (message.direction === 'up') bytesUp += sizeOf(message);
    else bytesDown += sizeOf(message);
    data += message.record.data;
  }
  const total = bytesUp + bytesDown;
  return {
    requests: [...run.messages].filter(({ record }) => record.kind === 'request').length,
    open: run.connections.filter((connection) => !connection.ended).length,
    bytesUp,
    bytesDown,
    data,
    overhead: total === 0 ? null : Math.max(0, 1 - data / total),
    ...deliveredOf(run),
  };
}

function deliveredOf(run: Run): Pick<RunMetrics, 'delivered' | 'deliverable' | 'medianDelay'> {
  const ways =
    run.deliveries.length > 0
      ? run.deliveries.map(({ created, handled }) => ({ from: created, to: handled }))
      : [...run.messages]
          .filter((message) => message.direction === 'down' && isForPage(run, message))
          .map(({ sent, handled }) => ({ from: sent, to: handled }));
  const delays = ways.flatMap(({ from, to }) => (from === null || to === null ? [] : [to - from]));
  return {
    delivered: ways.filter(({ to }) => to !== null).length,
    deliverable: ways.length,
    medianDelay: median(delays),
  };
}

/** Answers to `curl` reach no page, so no code there could handle them. */
function isForPage(run: Run, message: WireMessage): boolean {
  return (message.call ?? messageOf(run, message.peer)?.call ?? null) !== null;
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
