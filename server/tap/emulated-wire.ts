/**
 * The emulated wire of one connection, both directions:
 *
 *   up    line (shared bandwidth) ─▶ DelayLine ─▶ Proxy ─▶ DelayLine
 *   down  DelayLine ─▶ Proxy ─▶ line (shared bandwidth) ─▶ DelayLine
 *
 * Without a proxy the first DelayLine has the whole delay and the second none. Nothing overtakes, whatever
 * the conditions become meanwhile.
 */
import type { Direction } from '../telemetry/protocol.ts';
import { DelayLine } from './delay-line.ts';
import type { Network } from './network.ts';
import { Proxy } from './proxy.ts';
import { Flow, type Parcel } from './shared-line.ts';

export interface WireEnds {
  /** Bytes came out; `taken` is called when their receiver has them. */
  arrived(direction: Direction, bytes: Buffer, taken: () => void): void;
  /** There is room again after `hasRoom` was false. */
  room(direction: Direction): void;
  /** All bytes of the direction below `end` have reached the proxy, or were passed on by it. */
  atProxy(direction: Direction, end: number): void;
  leftProxy(direction: Direction, end: number): void;
  /** The proxy ends the connection, after `answer` if given: nothing passes but what `sendFromProxy` is given now. */
  endedByProxy(answer: Buffer | undefined): void;
  /** The server sent something to a proxy that has ended the connection: it learns of it. */
  refusedByProxy(): void;
}

/** One direction. */
class Way {
  readonly flow = new Flow();
  readonly first: DelayLine;
  readonly second: DelayLine;
  /** Bytes sent, and of these: at the proxy, past it. */
  sent = 0;
  reached = 0;
  passed = 0;
  /** Below this, bytes were told to be at a proxy. */
  told = 0;
  /** Bytes between sender and receiver, without those the proxy holds: these have a bound of their own. */
  underWay = 0;

  constructor(network: Network) {
    const direct = (): boolean => network.conditions.proxy === 'direct';
    this.first = new DelayLine(() => network.delayMs(direct()));
    this.second = new DelayLine(() => (direct() ? 0 : network.delayMs(false)));
  }
}

export class EmulatedWire {
  readonly #network: Network;
  readonly #ends: WireEnds;
  readonly #ways: Record<Direction, Way>;
  readonly #proxy: Proxy;
  readonly #unlisten: () => void;
  #silent = false;
  #closed = false;
  #proxyEnded = false;

  constructor(network: Network, ends: WireEnds) {
    this.#network = network;
    this.#ends = ends;
    this.#ways = { up: new Way(network), down: new Way(network) };
    this.#proxy = new Proxy(() => network.conditions, {
      pass: (direction, parcel) => this.#pass(direction, parcel),
      holds: (change) => this.#moved('down', -change),
      expects: () => this.#ways.down.sent > this.#ways.down.reached,
      end: (answer) => this.#endByProxy(answer),
    });
    this.#unlisten = network.onChange(() => this.#changed());
  }

  get silent(): boolean {
    return this.#silent;
  }

  /** Puts bytes in, or a moment that keeps its place among them and is called when it comes out. */
  send(direction: Direction, parcel: Parcel): void {
    const way = this.#ways[direction];
    if (this.#closed && !this.#silent) return;
    if (typeof parcel !== 'function') {
      way.sent += parcel.length;
      way.underWay += parcel.length;
    }
    // The sender was not told: it fills what it believes to be on its way, and then waits.
    if (this.#silent) return;
    if (this.#network.immediate && way.flow.waiting.length === 0 && way.first.empty) {
      return this.#reach(direction, parcel);
    }
    if (direction === 'down') return way.first.put(() => this.#reach('down', parcel));
    this.#network.lines.up.put(way.flow, parcel, (packet) => way.first.put(() => this.#reach('up', packet)));
  }

  /** Puts in, half-way, what the proxy itself has to say. */
  sendFromProxy(direction: Direction, parcel: Parcel): void {
    if (typeof parcel !== 'function') this.#ways[direction].underWay += parcel.length;
    this.#goOn(direction, parcel);
  }

  hasRoom(direction: Direction): boolean {
    return this.#ways[direction].underWay <= this.#network.window;
  }

  /** From now on nothing comes out. What is under way is lost. */
  silence(): void {
    this.#silent = true;
    this.close();
  }

  /** Forgets what is under way in one direction: there is nobody left to take it. */
  clear(direction: Direction): void {
    const way = this.#ways[direction];
    way.first.clear();
    way.second.clear();
    this.#network.lines[direction].clear(way.flow);
    this.#moved(direction, -way.underWay);
  }

  close(): void {
    this.#closed = true;
    this.#unlisten();
    this.#proxy.close();
    this.clear('up');
    this.clear('down');
  }

  #changed(): void {
    this.#proxy.changed();
    for (const direction of ['up', 'down'] as const) {
      if (this.hasRoom(direction)) this.#ends.room(direction);
    }
  }

  #reach(direction: Direction, parcel: Parcel): void {
    const way = this.#ways[direction];
    if (typeof parcel !== 'function') {
      way.reached += parcel.length;
      if (this.#proxyEnded) this.#moved(direction, -parcel.length);
      else if (this.#network.conditions.proxy !== 'direct') {
        way.told = way.reached;
        this.#ends.atProxy(direction, way.reached);
      }
    }
    if (!this.#proxyEnded) this.#proxy.reached(direction, parcel);
    else if (direction === 'down') this.#goOn('up', () => this.#ends.refusedByProxy());
  }

  #pass(direction: Direction, parcel: Parcel): void {
    const way = this.#ways[direction];
    if (typeof parcel !== 'function') {
      const wasTold = way.passed < way.told;
      way.passed += parcel.length;
      // Also when the proxy was taken away meanwhile: what it held has left it all the same.
      if (wasTold) this.#ends.leftProxy(direction, way.passed);
    }
    this.#goOn(direction, parcel);
  }

  /** The half behind the proxy. */
  #goOn(direction: Direction, parcel: Parcel): void {
    const way = this.#ways[direction];
    if (this.#network.immediate && way.flow.waiting.length === 0 && way.second.empty) {
      return this.#comeOut(direction, parcel);
    }
    const out = (packet: Parcel): void => way.second.put(() => this.#comeOut(direction, packet));
    if (direction === 'up') out(parcel);
    else this.#network.lines.down.put(way.flow, parcel, out);
  }

  #comeOut(direction: Direction, parcel: Parcel): void {
    if (typeof parcel === 'function') parcel();
    else this.#ends.arrived(direction, parcel, () => this.#moved(direction, -parcel.length));
  }

  #endByProxy(answer: Buffer | undefined): void {
    this.#proxyEnded = true;
    this.#unlisten();
    this.#proxy.close();
    this.#ends.endedByProxy(answer);
  }

  #moved(direction: Direction, change: number): void {
    const had = this.hasRoom(direction);
    this.#ways[direction].underWay += change;
    if (!had && this.hasRoom(direction)) this.#ends.room(direction);
  }
}
