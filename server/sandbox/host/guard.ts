/**
 * A lab's `SandboxHost` with the bounds that are about time: connections, ports and events per second, and
 * bytes that lie unsent in all connections together.
 *
 * In: what a guest's link does. Out: the same on the lab's host, until a bound is met or the link is muted.
 * Knows nothing of guests' calls.
 */
import type { Duplex } from 'node:stream';
import {
  type ListenOptions,
  monotonicMs,
  type SandboxEnd,
  type SandboxEvent,
  type SandboxHost,
  type SandboxListener,
} from '../contract.ts';
import type { SandboxLimits } from '../limits.ts';

export interface GuardOptions {
  host: SandboxHost;
  limits: SandboxLimits;
  /** A bound was met: the run must end. */
  limit(limit: string, value: number): void;
}

/** Counts what happens within a second of the clock. */
class PerSecond {
  #second = 0;
  count = 0;

  /** Answers how many were counted in the second that is over, once it is. */
  add(): number {
    const second = Math.floor(monotonicMs() / 1000);
    const before = second === this.#second ? 0 : this.count;
    if (second !== this.#second) this.count = 0;
    this.#second = second;
    this.count += 1;
    return before;
  }
}

export class GuardedHost implements SandboxHost {
  readonly #options: GuardOptions;
  readonly #sockets = new Set<Duplex>();
  readonly #listens = new PerSecond();
  readonly #connections = new PerSecond();
  readonly #events = new PerSecond();
  #muted = false;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** From now on nothing is passed on: the run goes on behind another link. */
  mute(): void {
    this.#muted = true;
  }

  async listen(
    port: number,
    onConnection: (socket: Duplex) => void,
    options?: ListenOptions,
  ): Promise<SandboxListener & { port: number }> {
    const { host, limits, limit } = this.#options;
    this.#listens.add();
    if (this.#listens.count > limits.listensPerSecond) {
      limit('opened ports per second', limits.listensPerSecond);
      throw Object.assign(new Error('listen EMFILE'), { code: 'EMFILE', syscall: 'listen' });
    }
    return host.listen(port, (socket) => this.#connected(socket, onConnection), options);
  }

  attribute(call: Parameters<SandboxHost['attribute']>[0], work: () => void): void {
    this.#options.host.attribute(call, work);
  }

  event(event: SandboxEvent): void {
    if (this.#muted) return;
    const { host, limits } = this.#options;
    if (event.type === 'console' || event.type === 'mark' || event.type === 'timer') {
      const left = this.#events.add() - limits.eventsPerSecond;
      if (left > 0) host.event(this.#leftOut(left));
      if (this.#events.count > limits.eventsPerSecond) return;
    }
    host.event(event);
  }

  ended(end: SandboxEnd): void {
    if (!this.#muted) this.#options.host.ended(end);
  }

  /** Called after much was written. */
  checkUnsent(): void {
    const { limits, limit } = this.#options;
    let unsent = 0;
    for (const { writableLength } of this.#sockets) unsent += writableLength;
    if (unsent > limits.unsentBytes) limit('unsent bytes', limits.unsentBytes);
  }

  /** A connection the guest opens to itself counts as those from outside do. False when it is one too many. */
  admit(socket: Duplex): boolean {
    const { limits, limit } = this.#options;
    this.#connections.add();
    if (this.#connections.count > limits.connectionsPerSecond) {
      socket.destroy();
      limit('connections per second', limits.connectionsPerSecond);
      return false;
    }
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return true;
  }

  #connected(socket: Duplex, onConnection: (socket: Duplex) => void): void {
    if (this.admit(socket)) onConnection(socket);
  }

  /** Tells of a bound that was met and does not end the run. */
  tooMany(text: string): void {
    this.event({ type: 'console', at: monotonicMs(), level: 'warn', values: [{ kind: 'string', text }] });
  }

  #leftOut(count: number): SandboxEvent {
    const { eventsPerSecond } = this.#options.limits;
    const text = `${count} more console lines, marks and timers came within a second; a lab shows ${eventsPerSecond}.`;
    return { type: 'console', at: monotonicMs(), level: 'warn', values: [{ kind: 'string', text }] };
  }
}
