/**
 * A worker thread: many guests, one engine instance each. Assembles; the work is in `guest-run.ts`.
 *
 * In: `ToWorker` batches. Out: `FromWorker` batches, one post per batch or timer.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { Engine, type EngineHooks } from './engine/engine.ts';
import { GuestRun } from './guest-run.ts';
import { Heartbeat } from './heartbeat.ts';
import { readImage } from './engine/image.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { SandboxLimits } from './limits.ts';
import { Outbox } from './outbox.ts';
import { Turns } from './turns.ts';

export interface WorkerData {
  wasm: WebAssembly.Module;
  image: SharedArrayBuffer;
  heartbeat: SharedArrayBuffer;
  limits: SandboxLimits;
}

const { wasm, image: imageBytes, heartbeat: shared, limits } = workerData as WorkerData;
/** After the run that took an instance has had its first turn. */
const REFILL_AFTER_MS = 20;
/** After an instance was dropped. */
const COLLECT_AFTER_MS = 1_000;
/**
 * A guest's bytes of this size and above change hands instead of being copied. Copies of a turn that sends 16 MiB
 * grew the process by 250 MB: glibc keeps for good what a thread once had in large blocks.
 */
const MOVED_BYTES = 16 * 1024;
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
const outbox = new Outbox<FromWorker>();
let flushing: NodeJS.Immediate | undefined;
let dropped = 0;
let collecting: NodeJS.Timeout | undefined;

const turns = new Turns({
  limits,
  flush,
  greedy: (run) => {
    for (const [sandbox, known] of runs) if (known === run) post({ type: 'greedy', sandbox });
  },
});

/** Sent at the end of the round, or of a long turn. */
function post(message: FromWorker, now = false): void {
  outbox.put(message);
  if (now) flush();
  else flushing ??= setImmediate(flush);
}

function flush(): void {
  clearImmediate(flushing);
  flushing = undefined;
  if (outbox.empty) return;
  const batch = outbox.take();
  port.postMessage(batch, batch.flatMap(movable));
}

/** The buffers that no one here needs any more, where moving one costs less than a copy. */
function movable(message: FromWorker): ArrayBuffer[] {
  if (message.type !== 'calls') return [];
  return message.bytes.filter(({ length }) => length >= MOVED_BYTES).map(({ buffer }) => buffer);
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
  // The last few, each of up to 40 MiB, must not lie about until others follow.
  collecting ??= setTimeout(() => {
    collecting = undefined;
    collectGarbage();
  }, COLLECT_AFTER_MS);
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

function makeRun({ sandbox, files, env }: Extract<ToWorker, { type: 'start' | 'adopt' }>): GuestRun {
  const ended = (): void => {
    runs.delete(sandbox);
    turns.drop(run);
  };
  const ready = (): void => turns.ready(run);
  const run: GuestRun = new GuestRun({
    sandbox,
    files,
    env,
    limits,
    heartbeat,
    takeEngine,
    returnEngine,
    post,
    ready,
    ended,
  });
  runs.set(sandbox, run);
  return run;
}

function pack(sandbox: number, run: GuestRun): void {
  const packed = run.pack();
  // The bytes move: nothing of them stays here.
  flush();
  const message: FromWorker = { type: 'packed', sandbox, packed };
  port.postMessage([message], packed ? [packed.memory.buffer] : []);
}

function take(message: ToWorker): void {
  if (message.type === 'start') return turns.ready(makeRun(message));
  if (message.type === 'adopt') return makeRun(message).adopt(message.packed);
  const run = runs.get(message.sandbox);
  if (!run) return;
  switch (message.type) {
    case 'tell':
      return run.tell(message.texts, message.bytes);
    case 'leave':
      return run.leave();
    case 'took':
      return run.took(message.bytes);
    case 'pack':
      return pack(message.sandbox, run);
    case 'dispose':
      runs.delete(message.sandbox);
      turns.drop(run);
      return run.release();
  }
}

// Turns come after all messages that have arrived, so that what waits for a guest waits where it is counted.
port.on('message', (batch: ToWorker[]) => {
  for (const message of batch) take(message);
});
// Says that the thread is ready for guests.
port.postMessage([] satisfies FromWorker[]);
