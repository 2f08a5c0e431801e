/**
 * A line of limited bandwidth, one direction, shared by all connections of a lab.
 *
 * It sends packet by packet and takes the connections in turn, so that a large response slows down the
 * others but does not stop them. What is not yet sent waits here; its owner counts it and holds its sender
 * back. Without a limit everything passes at once.
 */
import { monotonicMs } from '../clock.ts';

/** What travels: bytes, or a moment in the stream (its end) that takes no room but keeps its place. */
export type Parcel = Buffer | (() => void);

/** Smallest packet, bytes: what Ethernet leaves TCP of 1,500 with timestamps. */
const PACKET_BYTES = 1448;
/** Packets of a fast line are larger, up to this time's worth of bytes, since timers fire once a ms. */
const PACKET_MS = 4;
const LARGEST_PACKET_BYTES = 64 * 1024;

interface Waiting {
  parcel: Parcel;
  deliver: (parcel: Parcel) => void;
}

/** The place in the queue of one connection; whoever makes it clears it. */
export class Flow {
  readonly waiting: Waiting[] = [];
}

export class SharedLine {
  readonly #bandwidth: () => number | null;
  /** Flows with something to send, in turn. */
  readonly #flows: Flow[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** When the line is free, monotonic ms: it may be in the past while the timer is late. */
  #free = 0;
  #running = false;

  /** @param bandwidth bytes per second, null for no limit; tell `changed()` when it changes. */
  constructor(bandwidth: () => number | null) {
    this.#bandwidth = bandwidth;
  }

  put(flow: Flow, parcel: Parcel, deliver: (parcel: Parcel) => void): void {
    if (flow.waiting.length === 0) {
      if (this.#bandwidth() === null) return deliver(parcel);
      this.#flows.push(flow);
    }
    flow.waiting.push({ parcel, deliver });
    this.#arm();
  }

  /** Forgets what waits. */
  clear(flow: Flow): void {
    flow.waiting.length = 0;
    const place = this.#flows.indexOf(flow);
    if (place >= 0) this.#flows.splice(place, 1);
  }

  /** Another bandwidth: holds from the next packet on, and what is being sent is sent anew with it. */
  changed(): void {
    this.#free = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#arm();
  }

  #arm(): void {
    const flow = this.#flows[0];
    if (flow === undefined || this.#timer !== undefined || this.#running) return;
    const now = monotonicMs();
    // The packet at the head comes out when its last bit has: its time begins when the line is free.
    const due = Math.max(this.#free, now) + this.#timeOf(this.#nextLength(flow));
    this.#timer = setTimeout(() => this.#run(due), Math.max(0, Math.ceil(due - now)));
  }

  #run(due: number): void {
    this.#timer = undefined;
    this.#running = true;
    // Timers fire up to 1 ms early against the monotonic clock.
    const soon = monotonicMs() + 1;
    for (let flow; due <= soon && (flow = this.#flows.shift());) {
      this.#free = due;
      this.#sendOne(flow);
      if (this.#flows[0]) due += this.#timeOf(this.#nextLength(this.#flows[0]));
    }
    this.#running = false;
    this.#arm();
  }

  #sendOne(flow: Flow): void {
    const head = flow.waiting[0]!;
    const length = this.#nextLength(flow);
    let sent = head.parcel;
    if (typeof sent !== 'function' && length < sent.length) {
      head.parcel = sent.subarray(length);
      sent = sent.subarray(0, length);
    } else flow.waiting.shift();
    // Its turn comes again after the others.
    if (flow.waiting.length > 0) this.#flows.push(flow);
    head.deliver(sent);
  }

  #nextLength(flow: Flow): number {
    const { parcel } = flow.waiting[0]!;
    if (typeof parcel === 'function') return 0;
    const bandwidth = this.#bandwidth();
    if (bandwidth === null) return parcel.length;
    const packet = Math.max(PACKET_BYTES, (bandwidth * PACKET_MS) / 1000);
    return Math.min(parcel.length, Math.floor(packet), LARGEST_PACKET_BYTES);
  }

  /** ms that `length` bytes take. */
  #timeOf(length: number): number {
    const bandwidth = this.#bandwidth();
    return bandwidth === null ? 0 : (length / bandwidth) * 1000;
  }
}
