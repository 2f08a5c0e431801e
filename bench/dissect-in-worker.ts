/** MB a second through Chromium's dissecting worker: bytes copied to it, dissected, records and contents in the page. */
import { rolldown } from 'rolldown';
import { launchBrowser } from '../tests/support/browser.ts';
import { figure, report, repeat } from './support/figure.ts';
import type * as page from './support/through-worker.ts';
import { chunkedStream, frameStream, type Sample } from './support/wire-samples.ts';

const ROUNDS = 5;

/** A module as a script; `name` is the global that has its exports. */
async function scriptOf(input: string, name: string): Promise<string> {
  const bundle = await rolldown({ cwd: process.cwd(), input, logLevel: 'warn' });
  const { output } = await bundle.generate({ format: 'iife', name });
  return output[0].code;
}

const worker = await scriptOf('client/dissect/worker.ts', 'worker');
const browser = await launchBrowser();
const tab = await browser.newPage();
await tab.addScriptTag({ content: await scriptOf('bench/support/through-worker.ts', 'bench') });

async function measure(name: string, { up, before, unit, repeats }: Sample, atLeast: number) {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
  const sample = { up: text(up), before: text(before), unit: text(unit), repeats };
  const once = () =>
    tab.evaluate(
      ([code, texts]) => (globalThis as unknown as { bench: typeof page }).bench.throughWorker(code, texts),
      [worker, sample] as const,
    );
  await once();
  return figure(name, 'MB/s', await repeat(ROUNDS, once), { atLeast });
}

report([
  await measure('in the worker: frames of 100 bytes', frameStream(100), 50),
  await measure('in the worker: frames of 1 KiB', frameStream(1024), 50),
  await measure('in the worker: chunks of 100 bytes', chunkedStream('text/plain', 100), 30),
  await measure('in the worker: chunks of 1 KiB', chunkedStream('text/plain', 1024), 30),
  await measure(
    'in the worker: chunks of one event of 100 bytes',
    chunkedStream('text/event-stream', 100),
    30,
  ),
]);
await browser.close();
