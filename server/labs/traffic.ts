/**
 * One lab's connections: taps them, numbers them, and reports what they carry.
 */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { giveToPlatform, type Peeked } from '../sockets/index.ts';
import { Network, RecordingBudget, TappedSocket, type TapObserver } from '../tap/index.ts';
import type { NewEvent } from '../telemetry/index.ts';
import type { Conditions, CutMode } from '../telemetry/protocol.ts';
import { CONNECTIONS } from './limits.ts';

export interface TrafficOptions {
  emit(event: NewEvent): void;
  /** Monotonic ms at the start of the run. */
  origin: number;
  conditions: Conditions;
  /** A browser asks for the platform's files on a connection on which it has talked to the server code. */
  onPlatform(socket: Socket): void;
  /** Whether the app opened this connection itself; it is told its number. */
  isOwn?(socket: Socket, connection: number): boolean;
}

/** The connections of one run. */
export class Traffic {
  readonly #options: TrafficOptions;
  readonly #network: Network;
  readonly #budget = new RecordingBudget();
  /** Those of which something is left, on either side. */
  readonly #open = new Map<TappedSocket, number>();
  /** Code may get to the last bytes of a connection when it has closed. */
  readonly #numbers = new WeakMap<Duplex, number>();
  #connections = 0;

  constructor(options: TrafficOptions) {
    this.#options = options;
    this.#network = new Network(options.conditions);
  }

  get open(): number {
    return this.#open.size;
  }

  /** Holds at once, also for open connections. */
  set conditions(conditions: Conditions) {
    this.#network.conditions = conditions;
  }

  /** Taps a connection that was accepted on virtual port `port`. Undefined when the lab has too many: it was reset. */
  accept(socket: Socket, peeked: Peeked, port: number): Duplex | undefined {
    if (this.#open.size >= CONNECTIONS) {
      socket.resetAndDestroy();
      return undefined;
    }
    const connection = ++this.#connections;
    this.#options.emit({
      type: 'connection',
      t: this.#labTime(peeked.at),
      connection,
      port,
      remote: { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
      local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
      ...(this.#options.isOwn?.(socket, connection) && { by: 'workbench' as const }),
    });
    let closed = false;
    const tapped: TappedSocket = new TappedSocket(socket, {
      network: this.#network,
      observer: this.#observe(connection, () => {
        closed = true;
        this.#open.delete(tapped);
      }),
      head: peeked,
      divert: (browser, chunk) => giveToPlatform(browser, chunk, this.#options.onPlatform),
    });
    this.#numbers.set(tapped, connection);
    if (!closed) this.#open.set(tapped, connection);
    return tapped;
  }

  /** Number of a tapped socket, open or closed; undefined for a foreign one. */
  numberOf(socket: Duplex): number | undefined {
    return this.#numbers.get(socket);
  }

  /** Cuts every open connection, or the one of that number. @returns how many there were. */
  cut(mode: CutMode, connection?: number): number {
    const chosen = [...this.#open].filter(([, number]) => connection === undefined || number === connection);
    for (const [socket] of chosen) socket.cut(mode);
    return chosen.length;
  }

  /** The run ends: resets every connection, on whichever side it is still open. */
  end(): void {
    for (const socket of [...this.#open.keys()]) socket.cut('reset', 'stop');
  }

  #observe(connection: number, closed: () => void): TapObserver {
    const { emit } = this.#options;
    const t = (at: number): number => this.#labTime(at);
    return {
      bytes: (at, direction, offset, copy, by) => {
        const bytes = this.#budget.take(copy.length) ? copy : undefined;
        emit({ type: 'bytes', t: t(at), connection, direction, offset, length: copy.length, bytes, by });
      },
      atProxy: (at, direction, end) => emit({ type: 'at-proxy', t: t(at), connection, direction, end }),
      leftProxy: (at, direction, end) => emit({ type: 'left-proxy', t: t(at), connection, direction, end }),
      arrived: (at, direction, end) => emit({ type: 'arrived', t: t(at), connection, direction, end }),
      written: (at, { call, offset, length }) =>
        emit({ type: 'call', t: t(at), connection, name: call.name, offset, length, at: call.position }),
      silent: (at) => emit({ type: 'silence', t: t(at), connection }),
      ended: (at, by, error) => emit({ type: 'connection-end', t: t(at), connection, by, error }),
      closed,
    };
  }

  /** @param at monotonic ms */
  #labTime(at: number): number {
    return at - this.#options.origin;
  }
}
