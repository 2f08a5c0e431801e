/**
 * One worker thread as the main thread sees it: batches messages to it and knows its guests' links.
 *
 * In: messages. Out: each link's calls. Owns the `Worker`.
 */
import { Worker } from 'node:worker_threads';
import type { ReportedError } from '../errors/protocol.ts';
import { Heartbeat } from './heartbeat.ts';
import type { GuestLink } from './host/link.ts';
import type { SandboxLimits } from './limits.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { Watched } from './watchdog.ts';
import type { WorkerData } from './worker.ts';

export interface ThreadOptions {
  file: string;
  data: Omit<WorkerData, 'heartbeat'>;
  limits: SandboxLimits;
  /** The thread has ended, by itself or by the watchdog. */
  ended(thread: SandboxThread): void;
}

export class SandboxThread implements Watched {
  readonly heartbeat = new Heartbeat();
  readonly links = new Map<number, GuestLink>();
  readonly #worker: Worker;
  readonly #options: ThreadOptions;
  #outbox: ToWorker[] = [];
  #closed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
    const workerData: WorkerData = { ...options.data, heartbeat: this.heartbeat.shared };
    this.#worker = new Worker(options.file, {
      workerData,
      name: 'sandbox',
      // Nothing of the process's environment is in reach, whatever a guest achieves.
      env: {},
      execArgv: [],
      resourceLimits: { stackSizeMb: options.limits.workerStackMb },
    });
    this.#worker.on('message', (batch: FromWorker[]) => {
      for (const message of batch) this.#take(message);
    });
    this.#worker.on('error', (error) => this.#end(undefined, error));
    this.#worker.once('exit', () => this.#end(undefined));
  }

  /** Queued until the event loop has served its sockets: one message per round, not one per request. */
  readonly post = (message: ToWorker): void => {
    if (this.#closed) return;
    if (this.#outbox.length === 0) setImmediate(() => this.#flush());
    this.#outbox.push(message);
  };

  /** Called by the watchdog: the thread does not answer because of `sandbox`. */
  readonly stuck = (sandbox: number): void => this.#end(sandbox);

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker.terminate();
  }

  #flush(): void {
    if (this.#closed) return;
    const batch = this.#outbox;
    this.#outbox = [];
    this.#worker.postMessage(batch);
  }

  #take(message: FromWorker): void {
    const link = this.links.get(message.sandbox);
    switch (message.type) {
      case 'calls':
        return link?.take(message.text, message.bytes);
      case 'idle':
        return link?.idle(message.heard);
      case 'failed':
        return link?.fail(message.error, message.at);
      case 'exited':
        return link?.end({ reason: 'exit', code: message.code });
    }
  }

  /** The guilty guest is told its limit; its neighbours lose their thread with it. */
  #end(guilty: number | undefined, cause?: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    void this.#worker.terminate();
    this.#options.ended(this);
    for (const [sandbox, link] of [...this.links])
      link.fail(sandbox === guilty ? this.#stopped() : lost(cause));
  }

  #stopped(): ReportedError {
    const { turnMs } = this.#options.limits;
    const message = `The program ran for more than ${turnMs} ms without a pause.`;
    return { code: 'LOOP_STOPPED', message, params: { ms: turnMs } };
  }
}

function lost(cause: unknown): ReportedError {
  const why = cause instanceof Error ? `: ${cause.message}` : ' because of another program.';
  return { code: 'SANDBOX_LOST', message: `The thread that ran this program ended${why}` };
}
