/**
 * A worker thread: many guests, one engine instance each. Assembles; the work is in `guest-run.ts`.
 *
 * In: `ToWorker` batches. Out: `FromWorker` batches, one post per batch or timer.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { Engine, type EngineHooks } from './engine.ts';
import { GuestRun } from './guest-run.ts';
import { Heartbeat } from './heartbeat.ts';
import { readImage } from './image.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { SandboxLimits } from './limits.ts';

export interface WorkerData {
  wasm: WebAssembly.Module;
  image: SharedArrayBuffer;
  heartbeat: SharedArrayBuffer;
  limits: SandboxLimits;
}

const { wasm, image: imageBytes, heartbeat: shared, limits } = workerData as WorkerData;
/** After the run that took an instance has had its first turn. */
const REFILL_AFTER_MS = 20;
/** A spare instance runs nothing. */
const NO_GUEST: EngineHooks = {
  hostCall: () => undefined,
  shouldStop: () => true,
  resolveModule: (_from, specifier) => specifier,
  loadModule: () => '',
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const port = parentPort!;
const image = readImage(new Uint8Array(imageBytes));
const heartbeat = new Heartbeat(shared);
const runs = new Map<number, GuestRun>();
/** Blank instances for the next runs. */
const spare: Engine[] = [];
let outbox: FromWorker[] = [];
let inBatch = false;
let dropped = 0;

function post(message: FromWorker, now = false): void {
  outbox.push(message);
  if (now || !inBatch) flush();
}

function flush(): void {
  if (outbox.length === 0) return;
  const batch = outbox;
  outbox = [];
  port.postMessage(batch);
}

function takeEngine(hooks: EngineHooks): Engine {
  refill.schedule();
  const engine = spare.pop();
  if (!engine) return new Engine(wasm, image, limits, hooks);
  engine.reset(hooks);
  return engine;
}

function returnEngine(engine: Engine): void {
  if (engine.reusable && spare.length < limits.spareInstances) {
    spare.push(engine);
    return;
  }
  dropped += 1;
  if (dropped % limits.dropsPerCollection === 0) setImmediate(collectGarbage);
}

/** Makes the next instances while nobody waits for one. */
const refill = {
  timer: undefined as NodeJS.Timeout | undefined,
  schedule(): void {
    refill.timer ??= setTimeout(() => {
      refill.timer = undefined;
      if (spare.length >= limits.spareInstances) return;
      spare.push(new Engine(wasm, image, limits, NO_GUEST));
      refill.schedule();
    }, REFILL_AFTER_MS);
  },
};
refill.schedule();

function start({ sandbox, files, env }: Extract<ToWorker, { type: 'start' }>): void {
  const ended = (): void => void runs.delete(sandbox);
  const run = new GuestRun({ sandbox, files, env, limits, heartbeat, takeEngine, returnEngine, post, ended });
  runs.set(sandbox, run);
  run.start();
}

function take(message: ToWorker): void {
  const run = runs.get(message.sandbox);
  switch (message.type) {
    case 'start':
      return start(message);
    case 'tell':
      return run?.tell(message.text, message.bytes);
    case 'leave':
      return run?.leave();
    case 'dispose':
      runs.delete(message.sandbox);
      return run?.release();
  }
}

port.on('message', (batch: ToWorker[]) => {
  inBatch = true;
  for (const message of batch) take(message);
  inBatch = false;
  flush();
});
