/**
 * The app's end of the dissecting worker.
 *
 * In: bytes of connections, in order. Out: records and contents, new or changed.
 * Knows nothing of: telemetry, runs, how records are drawn.
 */
import type { DissectItem, DissectUpdate, WorkerAnswer, WorkerRequest } from './batch.ts';
import { packItems } from './packing/items.ts';
import { unpackUpdate } from './packing/updates.ts';

export type { DissectItem, DissectUpdate } from './batch.ts';

export interface DissectorWorker {
  /** Bytes are copied to the worker: the caller keeps its arrays. */
  push(items: DissectItem[]): void;
  /** Forgets every connection; nothing that was pushed before is answered any more. */
  reset(): void;
  /** Resolves when no more than `most` of what was pushed is unanswered. */
  settled(most: number): Promise<void>;
  close(): void;
}

/**
 * Starts a dissecting worker.
 *
 * @param onUpdates Called with what one batch made known, in order.
 * @param onFailure Called when the worker cannot be started or stops.
 */
export function createDissectorWorker(
  onUpdates: (updates: DissectUpdate[]) => void,
  onFailure?: (message: string) => void,
): DissectorWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  let epoch = 0;
  let unanswered = 0;
  let waiting: { most: number; resolve(): void }[] = [];
  const post = (request: WorkerRequest, transfer: Transferable[] = []) =>
    worker.postMessage(request, { transfer });

  worker.addEventListener('message', (event: MessageEvent<WorkerAnswer>) => {
    if (event.data.epoch !== epoch) return;
    unanswered--;
    if (event.data.updates.length > 0) onUpdates(event.data.updates.map(unpackUpdate));
    waiting = waiting.filter(({ most, resolve }) => {
      if (unanswered > most) return true;
      resolve();
      return false;
    });
  });
  worker.addEventListener('error', (event) => onFailure?.(event.message));

  return {
    push(items) {
      if (items.length === 0) return;
      unanswered++;
      const packed = packItems(items);
      post({ type: 'items', epoch, items: packed }, [packed.rows.buffer, packed.bytes.buffer]);
    },
    reset() {
      epoch++;
      unanswered = 0;
      for (const { resolve } of waiting.splice(0)) resolve();
      post({ type: 'reset', epoch });
    },
    settled: (most) =>
      unanswered <= most ? Promise.resolve() : new Promise((resolve) => waiting.push({ most, resolve })),
    close() {
      worker.terminate();
      for (const { resolve } of waiting.splice(0)) resolve();
    },
  };
}
