/**
 * One run as the pool sees it: on which thread it is, and how it goes on when that thread is lost.
 *
 * In: a learner's files and a host. Out: a guest's link behind that host; after a loss of the thread another
 * one, with the same files (SPEC.md S8). Knows nothing of what guests say.
 */
import type { ReportedError } from '../errors/protocol.ts';
import { monotonicMs, type SandboxHost, type SandboxSpec } from './contract.ts';
import { GuardedHost } from './host/guard.ts';
import { GuestLink } from './host/link.ts';
import type { SandboxLimits } from './limits.ts';
import type { FromWorker, PackedGuest, ToWorker } from './protocol.ts';
import type { SandboxThread } from './thread.ts';

export interface TenantOptions {
  spec: SandboxSpec;
  host: SandboxHost;
  limits: SandboxLimits;
  nextId(): number;
  /** Where it begins; undefined when there is no thread. */
  place(): SandboxThread | undefined;
  /** It is gone from a thread. */
  left(thread: SandboxThread): void;
}

/** Smaller batches are acknowledged together with the next ones. */
const ACKNOWLEDGE_BYTES = 64 * 1024;
const MINUTE_MS = 60_000;
const NO_BYTES: Uint8Array[] = [];

export class Tenant {
  /** Settles when the first turn is over, or the run ended before. */
  readonly started: Promise<void>;
  readonly #options: TenantOptions;
  #settle!: { resolve(): void; reject(error: unknown): void };
  #thread: SandboxThread | undefined;
  #sandbox = 0;
  #link!: GuestLink;
  #guard!: GuardedHost;
  #destination: SandboxThread | undefined;
  /** Messages that wait until the guest has moved. */
  #held: ToWorker[] | undefined;
  #taken = 0;
  /** When it was started again, monotonic ms. */
  #restarts: number[] = [];

  constructor(options: TenantOptions) {
    this.#options = options;
    this.started = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    // The shim tells when it has begun, and a program can break the shim: nobody waits for it for ever.
    const late = setTimeout(() => this.#settle.resolve(), options.limits.startMs);
    const clear = (): void => clearTimeout(late);
    this.started.then(clear, clear);
    this.#begin();
  }

  get connections(): number {
    return this.#link.connections;
  }

  dispose(): void {
    this.#link.end({ reason: 'disposed' });
  }

  take(message: FromWorker): void {
    switch (message.type) {
      case 'calls':
        return this.#take(message);
      case 'idle':
        return this.#link.idle(message.heard);
      case 'failed':
        return this.#link.fail(message.error, message.at);
      case 'exited':
        return this.#link.end({ reason: 'exit', code: message.code });
      case 'packed':
        return this.#arrive(message.packed);
      case 'greedy':
        return;
    }
  }

  /** Its thread ended because of this run. */
  blame(error: ReportedError): void {
    this.#link.fail(error);
  }

  /** Its thread ended for a reason that is none of its own: begins again, on another. */
  restart(error: ReportedError): void {
    const { host, limits } = this.#options;
    const now = monotonicMs();
    this.#restarts = this.#restarts.filter((at) => now - at < MINUTE_MS);
    if (this.#restarts.length >= limits.restartsPerMinute) return this.#link.fail(error);
    this.#restarts.push(now);
    this.#guard.mute();
    host.restarting?.();
    this.#link.end({ reason: 'disposed' });
    const text = `${error.message} server.js began again; its connections were closed.`;
    host.event({ type: 'console', at: now, level: 'warn', values: [{ kind: 'string', text }] });
    this.#begin();
    const link = this.#link;
    const begun = (): void => {
      if (link === this.#link) host.restarted?.();
    };
    link.started.then(begun, begun);
  }

  /** Takes the guest to another thread between two of its turns. The guest does not notice. */
  moveTo(thread: SandboxThread): void {
    if (this.#held || !this.#thread || this.#thread === thread) return;
    this.#thread.post({ type: 'pack', sandbox: this.#sandbox });
    this.#held = [];
    this.#destination = thread;
  }

  #begin(): void {
    const { host, limits, place, nextId, spec, left } = this.#options;
    const thread = place();
    const sandbox = nextId();
    this.#thread = thread;
    this.#sandbox = sandbox;
    this.#held = undefined;
    this.#taken = 0;
    const guard = new GuardedHost({ host, limits, limit: (name, value) => link.limit(name, value) });
    const link: GuestLink = new GuestLink({
      sandbox,
      host: guard,
      limits,
      post: (message) => (this.#held ? void this.#held.push(message) : this.#thread?.post(message)),
      ended: () => this.#leave(left),
    });
    this.#guard = guard;
    this.#link = link;
    link.started.then(
      () => link === this.#link && this.#settle.resolve(),
      (error: unknown) => link === this.#link && this.#settle.reject(error),
    );
    if (!thread) {
      return link.fail({ code: 'SANDBOX_LOST', message: 'There is no thread to run this program on.' });
    }
    thread.tenants.set(sandbox, this);
    thread.post({ type: 'start', sandbox, files: spec.files, env: spec.env });
  }

  #leave(left: TenantOptions['left']): void {
    const thread = this.#thread;
    this.#held = undefined;
    if (!thread) return;
    thread.tenants.delete(this.#sandbox);
    thread.heartbeat.askToStop(this.#sandbox);
    thread.post({ type: 'dispose', sandbox: this.#sandbox });
    left(thread);
  }

  #take({ texts, bytes }: Extract<FromWorker, { type: 'calls' }>): void {
    const last = texts.length - 1;
    texts.forEach((text, index) => this.#link.take(text, index === last ? bytes : NO_BYTES));
    for (const { length } of texts) this.#taken += length;
    for (const { length } of bytes) this.#taken += length;
    if (this.#taken < ACKNOWLEDGE_BYTES) return;
    const message: ToWorker = { type: 'took', sandbox: this.#sandbox, bytes: this.#taken };
    this.#taken = 0;
    if (this.#held) this.#held.push(message);
    else this.#thread?.post(message);
    this.#guard.checkUnsent();
  }

  #arrive(packed: PackedGuest | undefined): void {
    const { spec, left } = this.#options;
    const { place } = this.#options;
    const [from, wanted, sandbox] = [this.#thread, this.#destination, this.#sandbox];
    // The thread it was meant for may have ended meanwhile.
    const to = wanted?.closed ? place() : wanted;
    if (!from || !to) return;
    const held = this.#held ?? [];
    this.#held = undefined;
    if (packed) {
      from.tenants.delete(sandbox);
      to.tenants.set(sandbox, this);
      this.#thread = to;
      to.post({ type: 'adopt', sandbox, files: spec.files, env: spec.env, packed }, [packed.memory.buffer]);
    }
    for (const message of held) this.#thread?.post(message);
    left(packed ? from : to);
  }
}
