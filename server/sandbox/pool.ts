/**
 * The pool of sandboxes: worker threads, placement, restart.
 *
 * In: `start` with a learner's files and a host. Out: sandboxes that call the host.
 * Knows nothing of the engine and of what guests say.
 */
import { availableParallelism } from 'node:os';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sandbox, SandboxHost, SandboxPool, SandboxSpec } from './contract.ts';
import { SandboxError } from './contract.ts';
import { GuestLink } from './host/link.ts';
import { LIMITS, type SandboxLimits } from './limits.ts';
import { SandboxThread } from './thread.ts';
import { startWatchdog } from './watchdog.ts';
import { withMemoryMaximum } from './wasm-memory.ts';
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

export function createSandboxPool(options: SandboxPoolOptions): SandboxPool {
  return new Pool(options);
}

class Pool implements SandboxPool {
  readonly #limits: SandboxLimits;
  readonly #folder: string;
  readonly #ready: Promise<Omit<WorkerData, 'heartbeat'>>;
  #threads: SandboxThread[] = [];
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
    this.#stopWatchdog = startWatchdog(
      () => this.#threads,
      this.#limits.turnMs + this.#limits.watchdogGraceMs,
    );
  }

  async start(spec: SandboxSpec, host: SandboxHost): Promise<Sandbox> {
    await this.#ready;
    const thread = this.#emptiest();
    if (!thread)
      throw new SandboxError({ code: 'SANDBOX_LOST', message: 'The pool of sandboxes is closed.' });
    this.#ids += 1;
    const sandbox = this.#ids;
    const ended = (): void => {
      thread.links.delete(sandbox);
      thread.heartbeat.askToStop(sandbox);
      thread.post({ type: 'dispose', sandbox });
    };
    const link = new GuestLink({ sandbox, host, limits: this.#limits, post: thread.post, ended });
    thread.links.set(sandbox, link);
    thread.post({ type: 'start', sandbox, files: spec.files, env: spec.env });
    await link.started;
    return { dispose: () => link.end({ reason: 'disposed' }) };
  }

  stats(): { workers: number; sandboxes: number } {
    const sandboxes = this.#threads.reduce((sum, { links }) => sum + links.size, 0);
    return { workers: this.#threads.length, sandboxes };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatchdog();
    await this.#ready.catch(() => undefined);
    const threads = this.#threads;
    this.#threads = [];
    for (const { links } of threads) for (const link of [...links.values()]) link.end({ reason: 'disposed' });
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
      ended: (thread) => {
        // New runs work at once; the lost ones are told by the thread.
        if (!this.#closed)
          this.#threads = this.#threads.map((known) => (known === thread ? this.#thread(data) : known));
      },
    });
  }

  #emptiest(): SandboxThread | undefined {
    return this.#threads.reduce<SandboxThread | undefined>(
      (best, thread) => (best === undefined || thread.links.size < best.links.size ? thread : best),
      undefined,
    );
  }
}
