/** MB of WebSocket frames and of chunked HTTP that are dissected in a second, as the worker does it. */
import { createBatchDissector } from '../client/dissect/batch.ts';
import { figure, report } from './support/figure.ts';
import { chunkedStream, frameStream, wholeOf, type Sample } from './support/wire-samples.ts';

/** Bytes per item, and items per batch, as telemetry hands them over when much is going on. */
const READ_BYTES = 65_536;
const READS_PER_BATCH = 4;
const SAMPLES = 7;

/** MB/s of what goes down. */
function throughput(up: Uint8Array, down: Uint8Array): number {
  const batch = createBatchDissector();
  batch.push([{ connection: 1, direction: 'up', offset: 0, bytes: up }]);
  const began = performance.now();
  let records = 0;
  for (let at = 0; at < down.length; at += READ_BYTES * READS_PER_BATCH) {
    const items = [];
    for (let read = at; read < Math.min(down.length, at + READ_BYTES * READS_PER_BATCH); read += READ_BYTES) {
      const bytes = down.subarray(read, read + READ_BYTES);
      items.push({ connection: 1, direction: 'down' as const, offset: read, bytes });
    }
    for (const update of batch.push(items)) records += update.records.length;
  }
  if (records === 0) throw new Error('Nothing was dissected');
  return down.length / 1e6 / ((performance.now() - began) / 1000);
}

function measure(name: string, sample: Sample, atLeast: number) {
  const down = wholeOf(sample);
  for (let round = 0; round < 3; round++) throughput(sample.up, down);
  return figure(
    name,
    'MB/s',
    Array.from({ length: SAMPLES }, () => throughput(sample.up, down)),
    { atLeast },
  );
}

report([
  measure('dissecting frames of 100 bytes of text', frameStream(100), 50),
  measure('dissecting frames of 1 KiB of text', frameStream(1024), 50),
  measure('dissecting frames of 1 KiB, masked', frameStream(1024, true), 50),
  measure('dissecting chunks of 100 bytes', chunkedStream('text/plain', 100), 30),
  measure('dissecting chunks of 1 KiB', chunkedStream('text/plain', 1024), 30),
  measure('dissecting chunks of one event of 100 bytes', chunkedStream('text/event-stream', 100), 30),
]);
