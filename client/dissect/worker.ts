/** The Web Worker in which bytes become records, so that long captures never hold up the screen. */
import { createBatchDissector, type WorkerAnswer, type WorkerRequest } from './batch.ts';
import { unpackItems } from './packing/items.ts';
import { buffersOf, packUpdate } from './packing/updates.ts';

const dissector = createBatchDissector();

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  if (request.type === 'reset') return dissector.reset();
  const updates = dissector.push(unpackItems(request.items)).map(packUpdate);
  const answer: WorkerAnswer = { epoch: request.epoch, updates };
  self.postMessage(answer, { transfer: updates.flatMap(buffersOf) });
});
