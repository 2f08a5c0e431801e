/**
 * The pool of sandboxes: worker threads, and which guest is on which.
 *
 * In: `start` with a learner's files and a host. Out: sandboxes that call the host.
 * Knows nothing of the engine and of what guests say.
 */
import { availableParallelism } from 'node:os';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sandbox, SandboxHost, SandboxPool, SandboxSpec } from './contract.ts';
import { LIMITS, type SandboxLimits } from './limits.ts';
import { Tenant } from './tenant.ts';
import { SandboxThread } from './thread.ts';
import { startWatchdog } from './watchdog.ts';
import { withMemoryMaximum } from './engine/wasm-memory.ts';
import type { WorkerData } from './worker.ts';

export interface SandboxPoolOptions {
  /** Folder with `worker.js`, `quickjs.wasm` and `guest.image` (`dist/server/sandbox/`). */
  artifacts: URL | string;
  /**
   * Threads; by default one per core but one (the main thread is the busiest of all), at most 4, and two
   * at least: a thread that must be ended takes its guests along.
   */
  workers?: number;
  limits?: Partial<SandboxLimits>;
}

/** A thread that is never idle counts as this many more guests. */
const BUSY_THREAD = 50;
/** So does one that is only beginning, which takes it as long as this many guests: who lost a thread shall not wait. */
const STARTING_THREAD = 20;
/** Nobody begins on a thread that is inside one builtin: it may have to be ended too. */
const SILENT_THREAD = 1_000;

export function createSandboxPool(options: SandboxPoolOptions): SandboxPool {
  return new Pool(options);
}

class Pool implements SandboxPool {
  readonly #limits: SandboxLimits;
  readonly #folder: string;
  readonly #ready: Promise<Omit<WorkerData, 'heartbeat'>>;
  #threads: SandboxThread[] = [];
  /** For guests that take more than their share, so that they have only each other; made when one does. */
  #slowLane: SandboxThread | undefined;
  #ids = 0;
  #closed = false;
  readonly #stopWatchdog: () => void;

  constructor({ artifacts, workers, limits }: SandboxPoolOptions) {
    this.#limits = { ...LIMITS, ...limits };
    this.#folder = typeof artifacts === 'string' ? artifacts : fileURLToPath(artifacts);
    const count = workers ?? Math.min(4, Math.max(2, availableParallelism() - 1));
    this.#ready = this.#load(count);
    // Whoever starts a sandbox is told; unhandled it would end the process before.
    this.#ready.catch(() => undefined);
    this.#stopWatchdog = startWatchdog(() => this.#all(), this.#limits.silentMs);
  }

  async start(spec: SandboxSpec, host: SandboxHost): Promise<Sandbox> {
    await this.#ready;
    const tenant = new Tenant({
      spec,
      host,
      limits: this.#limits,
      nextId: () => ++this.#ids,
      place: () => this.#leastBusy(),
      left: (thread) => this.#left(thread),
    });
    await tenant.started;
    return { dispose: () => tenant.dispose() };
  }

  stats(): { workers: number; sandboxes: number } {
    const threads = this.#all();
    const sandboxes = threads.reduce((sum, { tenants }) => sum + tenants.size, 0);
    return { workers: threads.length, sandboxes };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatchdog();
    await this.#ready.catch(() => undefined);
    const threads = this.#all();
    this.#threads = [];
    this.#slowLane = undefined;
    for (const { tenants } of threads) for (const tenant of [...tenants.values()]) tenant.dispose();
    await Promise.all(threads.map((thread) => thread.close()));
  }

  async #load(count: number): Promise<Omit<WorkerData, 'heartbeat'>> {
    const [engine, image] = await Promise.all([
      readFile(join(this.#folder, 'quickjs.wasm')),
      readFile(join(this.#folder, 'guest.image')),
    ]);
    const wasm = await WebAssembly.compile(withMemoryMaximum(engine, this.#limits.wasmPages));
    const shared = new SharedArrayBuffer(image.length);
    new Uint8Array(shared).set(image);
    const data = { wasm, image: shared, limits: this.#limits };
    if (!this.#closed) this.#threads = Array.from({ length: count }, () => this.#thread(data));
    return data;
  }

  #thread(data: Omit<WorkerData, 'heartbeat'>): SandboxThread {
    return new SandboxThread({
      file: join(this.#folder, 'worker.js'),
      data,
      limits: this.#limits,
      // New runs and those that begin again find the next thread at once.
      ended: (thread, broken) => {
        if (thread === this.#slowLane) this.#slowLane = undefined;
        if (this.#closed) return;
        if (broken) return void (this.#threads = this.#threads.filter((known) => known !== thread));
        this.#threads = this.#threads.map((known) => (known === thread ? this.#thread(data) : known));
      },
      greedy: (tenant, thread) => {
        if (this.#closed || thread === this.#slowLane) return;
        this.#slowLane ??= this.#thread(data);
        tenant.moveTo(this.#slowLane);
      },
    });
  }

  /** An empty slow lane costs 10 MB for nothing. */
  #left(thread: SandboxThread): void {
    if (thread !== this.#slowLane || thread.tenants.size > 0) return;
    this.#slowLane = undefined;
    void thread.close();
  }

  #all(): SandboxThread[] {
    return this.#slowLane ? [...this.#threads, this.#slowLane] : this.#threads;
  }

  #leastBusy(): SandboxThread | undefined {
    const load = ({ tenants, busy, ready, silent }: SandboxThread): number =>
      tenants.size + busy * BUSY_THREAD + (ready ? 0 : STARTING_THREAD) + (silent ? SILENT_THREAD : 0);
    return this.#threads.reduce<SandboxThread | undefined>(
      (best, thread) => (best === undefined || load(thread) < load(best) ? thread : best),
      undefined,
    );
  }
}
