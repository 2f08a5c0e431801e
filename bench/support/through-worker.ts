/** Runs in a page: sends a stream through the dissecting worker. */
import type { WorkerAnswer, WorkerRequest } from '../../client/dissect/batch.ts';
import { packItems } from '../../client/dissect/packing/items.ts';
import { unpackUpdate } from '../../client/dissect/packing/updates.ts';
import type { Sample } from './wire-samples.ts';

/** A sample as it gets into a page: one character a byte. */
export type Texts = { [Part in 'up' | 'before' | 'unit']: string } & Pick<Sample, 'repeats'>;

/** MB/s from the first byte handed to the worker to the last record in the page. */
export async function throughWorker(code: string, { up, before, unit, repeats }: Texts): Promise<number> {
  const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  const piece = bytesOf(unit);
  const beginning = bytesOf(before);
  const end = beginning.length + repeats * piece.length;
  const ended = new Promise<void>((resolve, reject) => {
    worker.onerror = () => reject(new Error('The worker failed'));
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      for (const { direction, records } of data.updates.map(unpackUpdate)) {
        if (direction === 'down' && records.at(-1)?.end === end) resolve();
      }
    };
  });
  const post = (direction: 'up' | 'down', offset: number, bytes: Uint8Array) => {
    const items = packItems([{ connection: 1, direction, offset, bytes }]);
    const request: WorkerRequest = { type: 'items', epoch: 0, items };
    worker.postMessage(request, { transfer: [items.rows.buffer, items.bytes.buffer] });
  };
  post('up', 0, bytesOf(up));
  const began = performance.now();
  post('down', 0, beginning);
  for (let index = 0; index < repeats; index++) post('down', beginning.length + index * piece.length, piece);
  await ended;
  const seconds = (performance.now() - began) / 1000;
  worker.terminate();
  return end / 1e6 / seconds;
}
