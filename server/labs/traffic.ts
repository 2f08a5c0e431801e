/**
 * One lab's connections: taps them, numbers them, and reports what they carry.
 */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Peeked } from '../sockets/index.ts';
import { RECORDED_BYTES_PER_RUN, TappedSocket, type TapObserver } from '../tap/index.ts';
import type { NewEvent } from '../telemetry/index.ts';
import type { Conditions } from '../telemetry/protocol.ts';
import { CONNECTIONS } from './limits.ts';

export interface TrafficOptions {
  emit(event: NewEvent): void;
  /** Monotonic ms at the start of the run. */
  origin: number;
  conditions(): Conditions;
}

/** The connections of one run. */
export class Traffic {
  readonly #options: TrafficOptions;
  readonly #open = new Map<TappedSocket, number>();
  #connections = 0;
  #recorded = 0;

  constructor(options: TrafficOptions) {
    this.#options = options;
  }

  get open(): number {
    return this.#open.size;
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
    const tapped = new TappedSocket(socket, {
      observer: this.#observe(connection, () => this.#open.delete(tapped)),
      delayMs: () => {
        const { latencyMs, jitterMs } = this.#options.conditions();
        return latencyMs + Math.random() * jitterMs;
      },
      head: peeked,
    });
    if (!tapped.destroyed) this.#open.set(tapped, connection);
    return tapped;
  }

  /** Number of a tapped socket; undefined for a foreign or closed one. */
  numberOf(socket: Duplex): number | undefined {
    return this.#open.get(socket as TappedSocket);
  }

  /** Resets every open connection. */
  cut(by: 'cut' | 'stop'): void {
    for (const socket of [...this.#open.keys()]) socket.cut(by);
  }

  #observe(connection: number, forget: () => void): TapObserver {
    return {
      bytes: (at, direction, offset, copy) => {
        this.#recorded += copy.length;
        const base64 = this.#recorded <= RECORDED_BYTES_PER_RUN ? copy.toString('base64') : undefined;
        this.#emit(at, { type: 'bytes', connection, direction, offset, length: copy.length, base64 });
      },
      arrived: (at, direction, end) => this.#emit(at, { type: 'arrived', connection, direction, end }),
      written: (at, { call, offset, length }) =>
        this.#emit(at, { type: 'call', connection, name: call.name, offset, length, at: call.position }),
      ended: (at, by, error) => {
        forget();
        this.#emit(at, { type: 'connection-end', connection, by, error });
      },
    };
  }

  /** @param at monotonic ms; the event gets lab time. */
  #emit(at: number, event: DistributiveOmit<NewEvent, 't'>): void {
    this.#options.emit({ ...event, t: at - this.#options.origin } as NewEvent);
  }
}

type DistributiveOmit<T, K extends keyof never> = T extends unknown ? Omit<T, K> : never;
