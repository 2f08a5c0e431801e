/**
 * The proxy half-way of one connection.
 *
 * In: what reaches it from both sides. Out: the same, in order, at once or later; or the end of the
 * connection. It reads no more of the messages than their borders (`http-framing.ts`), always, so that it
 * knows where it stands when it is put into the way of an open connection.
 */
import { monotonicMs } from '../clock.ts';
import type { Conditions, Direction } from '../telemetry/protocol.ts';
import { RequestFraming, ResponseFraming } from './http-framing.ts';
import type { Parcel } from './shared-line.ts';

export interface ProxySides {
  /** Passes on, towards the side `direction` leads to. */
  pass(direction: Direction, parcel: Parcel): void;
  /** It begins (+) or ceases (-) to hold that many bytes of the response. */
  holds(change: number): void;
  /** Whether something of the server's is under way to it: then its time is not up. */
  expects(): boolean;
  /** It ends the connection; `answer` is what the browser is told first. */
  end(answer: Buffer | undefined): void;
}

/** What a gateway says whose server did not answer in time (RFC 9110 §15.6.5). */
const BODY = '<h1>504 Gateway Timeout</h1>\n';
const GATEWAY_TIMEOUT = Buffer.from(
  'HTTP/1.1 504 Gateway Timeout\r\nServer: idle-timeout proxy\r\nContent-Type: text/html\r\n' +
    `Content-Length: ${BODY.length}\r\nConnection: close\r\n\r\n${BODY}`,
  'latin1',
);

export class Proxy {
  readonly #conditions: () => Conditions;
  readonly #sides: ProxySides;
  readonly #requests = new RequestFraming();
  readonly #responses = new ResponseFraming(this.#requests);
  #held: Buffer[] = [];
  #heldBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  /** While `#timer` runs: when something passed last, monotonic ms. */
  #passed = 0;

  constructor(conditions: () => Conditions, sides: ProxySides) {
    this.#conditions = conditions;
    this.#sides = sides;
    this.#watch();
  }

  /** Something reached it. */
  reached(direction: Direction, parcel: Parcel): void {
    if (this.#timer) this.#passed = monotonicMs();
    if (direction === 'up') {
      if (typeof parcel !== 'function') this.#requests.read(parcel);
      return this.#sides.pass('up', parcel);
    }
    if (typeof parcel === 'function') {
      this.#release();
      return this.#sides.pass('down', parcel);
    }
    const complete = this.#responses.read(parcel);
    if (this.#responses.tunnel) this.#requests.beTunnel();
    if (this.#conditions().proxy !== 'buffering') return this.#sides.pass('down', parcel);
    if (complete > 0) {
      this.#hold(parcel.subarray(0, complete));
      this.#release();
    }
    if (complete < parcel.length) this.#hold(parcel.subarray(complete));
    this.#releaseFull();
  }

  /** The conditions are others now: what they no longer hold is passed on. */
  changed(): void {
    if (this.#conditions().proxy === 'buffering') this.#releaseFull();
    else this.#release();
    this.#watch();
  }

  /** It does nothing more, and forgets what it holds. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#held = [];
    this.#sides.holds(-this.#heldBytes);
    this.#heldBytes = 0;
  }

  #hold(bytes: Buffer): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    this.#sides.holds(bytes.length);
  }

  #releaseFull(): void {
    if (this.#heldBytes >= this.#conditions().proxyBufferBytes) this.#release();
  }

  #release(): void {
    if (this.#heldBytes === 0) return;
    const bytes = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    this.#sides.holds(-bytes.length);
    this.#sides.pass('down', bytes);
  }

  /** One timer for many bytes: it looks, when it fires, how long the silence really was. */
  #watch(): void {
    const watched = this.#timer !== undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { proxy, proxyIdleMs } = this.#conditions();
    if (proxy !== 'idle-timeout') return;
    if (!watched) this.#passed = monotonicMs();
    const left = this.#passed + proxyIdleMs - monotonicMs();
    this.#timer = setTimeout(() => this.#look(), Math.max(1, Math.ceil(left)));
  }

  #look(): void {
    const quiet = monotonicMs() - this.#passed >= this.#conditions().proxyIdleMs;
    // A simplification: what the server sent in time counts although it is not here yet.
    if (!quiet || this.#sides.expects()) return this.#watch();
    const owes = this.#requests.unanswered.length > 0 && this.#responses.between && !this.#responses.tunnel;
    this.#sides.end(owes ? GATEWAY_TIMEOUT : undefined);
  }
}
