/**
 * The fast path: what a turn of the event loop published is framed once for each framing, and written once to each
 * socket, whatever the number of events and readers.
 *
 * A reader whose socket does not take what it is written is not written more: it falls behind, and catches up from the
 * history, with its number, when its socket has drained. So nobody's slowness costs memory here, and nothing is lost
 * silently: what the history has forgotten by then is told as a gap.
 */
import type { Duplex } from 'node:stream';
import type { Clock } from './clock.ts';
import type { Published } from './history.ts';
import { BEHIND_BYTES, FAREWELL_MS, HEARTBEAT_MS, PONG_MS, STUCK_MS } from './limits.ts';
import type { Room } from './room.ts';

/** How a technique writes events into its stream. */
export interface Framing {
  /** Readers with the same name get the same bytes. */
  readonly name: string;
  frame(events: readonly Published[]): Buffer;
  /** Says something without meaning, so that nothing on the way takes the silence for death. */
  readonly heartbeat: Buffer;
}

export interface ReaderOptions {
  socket: Duplex;
  framing: Framing;
  /** Number of the last event it has. */
  after: number;
  /** Ends the stream in order, in its technique's way; calls back when the last byte has left. */
  end(done: () => void): void;
  /** It is no reader any more: its stream ended or its socket closed. */
  gone?(): void;
  /** Its heartbeats are answered: `heard` is called. */
  answers?: boolean;
  /** Most bytes of the stream; it ends in order behind them. */
  mostBytes?: number;
}

export class Reader {
  readonly framing: Framing;
  readonly #socket: Duplex;
  readonly #options: ReaderOptions;
  readonly #room: Room;
  readonly #clock: Clock;
  readonly #gone: (reader: Reader) => void;
  #after: number;
  #written = 0;
  /** Its socket is full; written to again when it has drained. */
  #behind = false;
  #ended = false;
  /** When something was written last, or when it fell behind. */
  #at: number;
  /** When a heartbeat was sent that is not answered yet; 0 when there is none. */
  #askedAt = 0;

  constructor(room: Room, clock: Clock, options: ReaderOptions, gone: (reader: Reader) => void) {
    this.#room = room;
    this.#gone = gone;
    this.#clock = clock;
    this.#options = options;
    this.framing = options.framing;
    this.#socket = options.socket;
    this.#after = options.after;
    this.#at = clock.now();
  }

  /** Hands it what a turn published; `bytes` are the events in its framing, `now` the time of the turn. */
  write(bytes: Buffer, newest: number, now: number): void {
    if (this.#behind || this.#ended) return;
    this.#after = newest;
    this.#put(bytes, now);
  }

  /** Writes from the history until it has all or its socket is full. */
  catchUp(): void {
    while (!this.#behind && !this.#ended) {
      const events = this.#room.read(this.#after);
      if (events.length === 0) return;
      this.#after = events[events.length - 1]!.sequence;
      this.#put(this.framing.frame(events), this.#clock.now());
    }
  }

  pulse(now: number): void {
    const { answers = false } = this.#options;
    const isGone =
      (this.#behind && now - this.#at > STUCK_MS) || (this.#askedAt > 0 && now - this.#askedAt > PONG_MS);
    if (isGone) return void this.#socket.destroy();
    if (this.#behind || this.#ended || now - this.#at < HEARTBEAT_MS) return;
    this.#at = now;
    if (answers) this.#askedAt = now;
    this.#socket.write(this.framing.heartbeat);
  }

  /** Something came from it. */
  heard(): void {
    this.#askedAt = 0;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.end(() => this.#gone(this));
  }

  gone(): void {
    this.#ended = true;
    this.#options.gone?.();
  }

  #put(bytes: Buffer, now: number): void {
    const { mostBytes = Infinity } = this.#options;
    this.#at = now;
    this.#written += bytes.length;
    const full = !this.#socket.write(bytes) && this.#socket.writableLength >= BEHIND_BYTES;
    if (this.#written >= mostBytes) return this.end();
    if (!full) return;
    this.#behind = true;
    this.#socket.once('drain', () => {
      this.#behind = false;
      this.catchUp();
    });
  }
}

/** Everyone who listens to one room by a connection that stays. */
export class FanOut {
  readonly #room: Room;
  readonly #clock: Clock;
  readonly #byFraming = new Map<string, { framing: Framing; readers: Set<Reader> }>();

  constructor(room: Room, clock: Clock) {
    this.#room = room;
    this.#clock = clock;
    room.onTurn((events) => this.#deliver(events));
  }

  get size(): number {
    let size = 0;
    for (const { readers } of this.#byFraming.values()) size += readers.size;
    return size;
  }

  /** Writes it what it missed, then what comes, until its socket closes. */
  add(options: ReaderOptions): Reader {
    const { framing, socket } = options;
    const reader = new Reader(this.#room, this.#clock, options, this.#remove);
    const group = this.#byFraming.get(framing.name) ?? { framing, readers: new Set() };
    this.#byFraming.set(framing.name, group);
    group.readers.add(reader);
    socket.once('close', () => this.#remove(reader));
    reader.catchUp();
    return reader;
  }

  readonly #remove = (reader: Reader): void => {
    const group = this.#byFraming.get(reader.framing.name);
    if (group?.readers.delete(reader) !== true) return;
    if (group.readers.size === 0) this.#byFraming.delete(reader.framing.name);
    reader.gone();
  };

  pulse(): void {
    const now = this.#clock.now();
    for (const { readers } of this.#byFraming.values()) for (const reader of readers) reader.pulse(now);
  }

  /** Ends every stream in order; resolves when they are closed, or have had their time. */
  async close(): Promise<void> {
    for (const { readers } of this.#byFraming.values()) for (const reader of readers) reader.end();
    const deadline = performance.now() + FAREWELL_MS;
    while (this.size > 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #deliver(events: readonly Published[]): void {
    const newest = events[events.length - 1]!.sequence;
    // One look at the clock for all: with a thousand readers it would be a part of the cost.
    const now = this.#clock.now();
    for (const { framing, readers } of this.#byFraming.values()) {
      const bytes = framing.frame(events);
      for (const reader of readers) reader.write(bytes, newest, now);
    }
  }
}
