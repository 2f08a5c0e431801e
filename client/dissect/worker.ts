/** The Web Worker in which bytes become records, so that long captures never hold up the screen. */
import { createBatchDissector, type WorkerAnswer, type WorkerRequest } from './batch.ts';

const dissector = createBatchDissector();

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  if (request.type === 'reset') return dissector.reset();
  const updates = dissector.push(request.items);
  self.postMessage({ epoch: request.epoch, updates } satisfies WorkerAnswer);
});
