/**
 * One worker thread as the main thread sees it: batches messages to it and knows its tenants.
 *
 * In: messages. Out: each tenant's news. Owns the `Worker`.
 */
import { Worker } from 'node:worker_threads';
import type { ReportedError } from '../errors/protocol.ts';
import { monotonicMs } from './contract.ts';
import { Heartbeat } from './heartbeat.ts';
import type { SandboxLimits } from './limits.ts';
import { Outbox } from './outbox.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { Tenant } from './tenant.ts';
import type { Watched } from './watchdog.ts';
import type { WorkerData } from './worker.ts';

export interface ThreadOptions {
  file: string;
  data: Omit<WorkerData, 'heartbeat'>;
  limits: SandboxLimits;
  /** The thread has ended, by itself or by the watchdog; `broken`: before it ever said a word, so the next one would. */
  ended(thread: SandboxThread, broken: boolean): void;
  /** A guest takes more of the thread than its neighbours can bear. */
  greedy(tenant: Tenant, thread: SandboxThread): void;
}

/** The engine asks whether to go on every millisecond or so; the rest is for a machine with other work. */
const SILENCE_MS = 50;
/** Of the share of time the thread was busy, the part that the last look counts. */
const SMOOTHING = 0.05;

export class SandboxThread implements Watched {
  readonly heartbeat = new Heartbeat();
  readonly tenants = new Map<number, Tenant>();
  /** Share of the last second or so that guests' turns took, 0 to 1. */
  busy = 0;
  readonly #worker: Worker;
  readonly #options: ThreadOptions;
  readonly #outbox = new Outbox<ToWorker>();
  #moved: ArrayBuffer[] = [];
  #sampledAt = 0;
  #sampledBusyMs = 0;
  #closed = false;
  #worked = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
    const workerData: WorkerData = { ...options.data, heartbeat: this.heartbeat.shared };
    this.#worker = new Worker(options.file, {
      workerData,
      name: 'sandbox',
      // Nothing of the process's environment is in reach, whatever a guest achieves.
      env: {},
      execArgv: [],
      resourceLimits: {
        stackSizeMb: options.limits.workerStackMb,
        maxYoungGenerationSizeMb: options.limits.workerYoungMb,
      },
    });
    this.#worker.on('message', (batch: FromWorker[]) => {
      this.#worked = true;
      for (const message of batch) this.#take(message);
    });
    this.#worker.on('error', (error) => this.#end(this.heartbeat.running()?.sandbox, error));
    this.#worker.once('exit', () => this.#end(undefined));
  }

  /** It has begun: a guest can run at once. */
  get ready(): boolean {
    return this.#worked;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Its guest has given no sign of life for longer than the engine lets pass between two. */
  get silent(): boolean {
    const running = this.heartbeat.running();
    return running !== undefined && monotonicMs() - running.since > SILENCE_MS;
  }

  /** Queued until the event loop has served its sockets: one message per round, not one per request. */
  readonly post = (message: ToWorker, move: ArrayBuffer[] = []): void => {
    if (this.#closed) return;
    this.#moved.push(...move);
    if (this.#outbox.empty) setImmediate(() => this.#flush());
    this.#outbox.put(message);
  };

  /** Called by the watchdog: the thread does not answer because of `sandbox`. */
  readonly stuck = (sandbox: number): void => this.#end(sandbox);

  readonly sample = (now: number): void => {
    const { busyMs } = this.heartbeat;
    const turned = busyMs - this.#sampledBusyMs;
    // A turn under way is counted when it ends.
    const share = turned === 0 && this.heartbeat.running() ? 1 : turned / (now - this.#sampledAt);
    this.busy += (Math.min(1, share) - this.busy) * SMOOTHING;
    this.#sampledAt = now;
    this.#sampledBusyMs = busyMs;
  };

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker.terminate();
  }

  #flush(): void {
    if (this.#closed) return;
    const moved = this.#moved;
    this.#moved = [];
    this.#worker.postMessage(this.#outbox.take(), moved);
  }

  #take(message: FromWorker): void {
    const tenant = this.tenants.get(message.sandbox);
    if (message.type !== 'greedy') tenant?.take(message);
    else if (tenant) this.#options.greedy(tenant, this);
  }

  /** The guilty guest is told why; its neighbours lose their thread with it and begin again. */
  #end(guilty: number | undefined, cause?: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    void this.#worker.terminate();
    const broken = cause !== undefined && !this.#worked;
    this.#options.ended(this, broken);
    // First those that somebody is connected to.
    const tenants = [...this.tenants].sort(([, a], [, b]) => b.connections - a.connections);
    this.tenants.clear();
    for (const [sandbox, tenant] of tenants) {
      if (sandbox === guilty || broken) tenant.blame(cause === undefined ? this.#stopped() : lost(cause));
      else tenant.restart(lost(cause));
    }
  }

  #stopped(): ReportedError {
    const { silentMs } = this.#options.limits;
    const message = `The program was inside one built-in function for more than ${silentMs} ms.`;
    return { code: 'LOOP_STOPPED', message, params: { ms: silentMs } };
  }
}

function lost(cause: unknown): ReportedError {
  const why = cause instanceof Error ? `: ${cause.message}` : ' because of another program.';
  return { code: 'SANDBOX_LOST', message: `The thread that ran this program ended${why}` };
}
