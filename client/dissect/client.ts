/**
 * The app's end of the dissecting worker.
 *
 * In: bytes of connections, in order. Out: records, new or changed.
 * Knows nothing of: telemetry, runs, how records are drawn.
 */
import { createRecordAssembler, type DissectItem, type RecordUpdate } from './batch.ts';
import type { WorkerAnswer, WorkerRequest } from './batch.ts';

export type { DissectItem, RecordUpdate } from './batch.ts';

export interface DissectorWorker {
  /** Bytes are copied to the worker: the caller keeps its arrays. */
  push(items: DissectItem[]): void;
  /** Forgets every connection; nothing that was pushed before is answered any more. */
  reset(): void;
  close(): void;
}

/**
 * Starts a dissecting worker.
 *
 * @param onRecords Called with what one batch changed; records of one direction come in order.
 * @param onFailure Called when the worker cannot be started or stops.
 */
export function createDissectorWorker(
  onRecords: (updates: RecordUpdate[]) => void,
  onFailure?: (message: string) => void,
): DissectorWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const assembler = createRecordAssembler();
  let epoch = 0;
  const post = (request: WorkerRequest) => worker.postMessage(request);

  worker.addEventListener('message', (event: MessageEvent<WorkerAnswer>) => {
    if (event.data.epoch === epoch) onRecords(assembler.apply(event.data.deltas));
  });
  worker.addEventListener('error', (event) => onFailure?.(event.message));

  return {
    push(items) {
      if (items.length > 0) post({ type: 'items', epoch, items: items.map(withOwnBuffer) });
    },
    reset() {
      epoch++;
      assembler.reset();
      post({ type: 'reset', epoch });
    },
    close: () => worker.terminate(),
  };
}

/** A view drags its whole buffer through the clone: gives small views of large buffers one of their own. */
function withOwnBuffer(item: DissectItem): DissectItem {
  if (!('bytes' in item) || item.bytes.byteLength === item.bytes.buffer.byteLength) return item;
  return { ...item, bytes: item.bytes.slice() };
}
