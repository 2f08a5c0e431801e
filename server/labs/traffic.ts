/**
 * One lab's connections: taps them, numbers them, and reports what they carry.
 */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Peeked } from '../sockets/index.ts';
import { Network, RecordingBudget, TappedSocket, type TapObserver } from '../tap/index.ts';
import type { NewEvent } from '../telemetry/index.ts';
import type { Conditions, CutMode } from '../telemetry/protocol.ts';
import { CONNECTIONS } from './limits.ts';

export interface TrafficOptions {
  emit(event: NewEvent): void;
  /** Monotonic ms at the start of the run. */
  origin: number;
  conditions: Conditions;
}

/** The connections of one run. */
export class Traffic {
  readonly #options: TrafficOptions;
  readonly #network: Network;
  readonly #budget = new RecordingBudget();
  /** Those of which something is left, on either side. */
  readonly #open = new Map<TappedSocket, number>();
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
    this.#emit(peeked.at, {
      type: 'connection',
      connection,
      port,
      remote: { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
      local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
    });
    let closed = false;
    const tapped: TappedSocket = new TappedSocket(socket, {
      network: this.#network,
      observer: this.#observe(connection, () => {
        closed = true;
        this.#open.delete(tapped);
      }),
      head: peeked,
    });
    if (!closed) this.#open.set(tapped, connection);
    return tapped;
  }

  /** Number of a tapped socket; undefined for a foreign or closed one. */
  numberOf(socket: Duplex): number | undefined {
    return this.#open.get(socket as TappedSocket);
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
    return {
      bytes: (at, direction, offset, copy, by) => {
        const bytes = this.#budget.take(copy.length) ? copy : undefined;
        this.#emit(at, { type: 'bytes', connection, direction, offset, length: copy.length, bytes, by });
      },
      atProxy: (at, direction, end) => this.#emit(at, { type: 'at-proxy', connection, direction, end }),
      leftProxy: (at, direction, end) => this.#emit(at, { type: 'left-proxy', connection, direction, end }),
      arrived: (at, direction, end) => this.#emit(at, { type: 'arrived', connection, direction, end }),
      written: (at, { call, offset, length }) =>
        this.#emit(at, { type: 'call', connection, name: call.name, offset, length, at: call.position }),
      silent: (at) => this.#emit(at, { type: 'silence', connection }),
      ended: (at, by, error) => this.#emit(at, { type: 'connection-end', connection, by, error }),
      closed,
    };
  }

  /** @param at monotonic ms; the event gets lab time. */
  #emit(at: number, event: DistributiveOmit<NewEvent, 't'>): void {
    this.#options.emit({ ...event, t: at - this.#options.origin } as NewEvent);
  }
}

type DistributiveOmit<T, K extends keyof never> = T extends unknown ? Omit<T, K> : never;
