import { Column } from './columns/column.ts';
import type { Names, Positions } from './columns/interned.ts';
import { TimeOrder } from './columns/time-order.ts';
import type { LaneEvent, LaneList } from './run.ts';
import { idOf, type MessageKey } from './table/message-table.ts';

const KINDS = ['call', 'callback', 'request', 'console', 'timer', 'thrown', 'port', 'exit'] as const;
const BAD = 16;
const SHARED_TEXTS = 256;

/** The words of one lane: some 40 bytes each. */
export class LaneLog {
  readonly #prefix: string;
  readonly #positions: Positions;
  readonly #pages: Names;
  readonly #order = new TimeOrder();
  #texts: string[] = [];
  readonly #kinds = new Column(Uint8Array);
  readonly #at = new Column(Uint16Array);
  readonly #page = new Column(Uint8Array);
  /** The message it is about: twice its connection, plus 1 for `up`; 0 for none. And its place there. */
  readonly #streams = new Column(Uint32Array);
  readonly #places = new Column(Uint32Array);
  /** Words that were forgotten: they had the first numbers. */
  #forgotten = 0;
  #lastThrown: number | null = null;
  #list: LaneList | null = null;
  /** Texts said lately: words are few, and said again and again. */
  readonly #said = new Map<string, string>();

  /** @param prefix begins the ids of this lane's words. */
  constructor(prefix: string, positions: Positions, pages: Names) {
    this.#prefix = prefix;
    this.#positions = positions;
    this.#pages = pages;
  }

  get length(): number {
    return this.#order.length;
  }

  get byteLength(): number {
    return this.#columns().reduce((sum, { byteLength }) => sum + byteLength, this.#texts.length * 24);
  }

  /** Returns the number of the word. */
  add({ t, text, kind, bad, at, page }: Omit<LaneEvent, 'id' | 'message'>): number {
    const number = this.#forgotten + this.length;
    this.#order.add(t);
    this.#texts.push(this.#shared(text));
    this.#kinds.push(KINDS.indexOf(kind) | (bad ? BAD : 0));
    this.#at.push(this.#positions.numberOf(at));
    this.#page.push(this.#pages.numberOf(page));
    this.#streams.push(0);
    this.#places.push(0);
    if (kind === 'thrown') this.#lastThrown = number;
    this.#list = null;
    return number;
  }

  /** The word is about this message. */
  point(number: number, { connection, direction, index }: MessageKey): void {
    const row = number - this.#forgotten;
    if (row < 0) return;
    this.#streams.set(row, connection * 2 + (direction === 'up' ? 1 : 0));
    this.#places.set(row, index);
    this.#list = null;
  }

  /** Time of the word behind `share` of all. */
  timeAt(share: number): number {
    return this.#order.timeOf(this.#order.rowAt(Math.floor((this.length - 1) * share)));
  }

  /** Forgets words before `horizon`. Returns how many. */
  forget(horizon: number): number {
    // Numbers go up with the order in which words were told; one that was told late keeps those before it.
    let gone = 0;
    while (gone < this.length && this.#order.timeOf(gone) < horizon) gone++;
    if (gone === 0) return 0;
    const kept = Uint32Array.from({ length: this.length - gone }, (_, index) => index + gone);
    this.#order.retain(kept);
    for (const column of this.#columns()) column.dropFirst(gone);
    this.#texts = this.#texts.slice(gone);
    this.#forgotten += gone;
    this.#list = null;
    return gone;
  }

  /** The words as they are now: the same list until something changes. */
  list(): LaneList {
    return (this.#list ??= this.#makeList(this.length));
  }

  #shared(text: string): string {
    const known = this.#said.get(text);
    if (known !== undefined) return known;
    if (this.#said.size >= SHARED_TEXTS) this.#said.clear();
    this.#said.set(text, text);
    return text;
  }

  #makeList(length: number): LaneList {
    const at = (index: number): LaneEvent | undefined => {
      const place = index < 0 ? index + length : index;
      return place >= 0 && place < Math.min(length, this.length)
        ? this.#make(this.#order.rowAt(place))
        : undefined;
    };
    const thrown = this.#lastThrown === null ? -1 : this.#lastThrown - this.#forgotten;
    return {
      length,
      lastThrown: thrown < 0 ? null : this.#make(thrown),
      at,
      indexAt: (t) => Math.min(length, this.#order.indexAt(t)),
      slice(from, to = length) {
        const first = Math.max(0, from < 0 ? from + length : from);
        const end = Math.min(length, to < 0 ? to + length : to);
        const found: LaneEvent[] = [];
        for (let index = first; index < end; index++) {
          const event = at(index);
          if (event) found.push(event);
        }
        return found;
      },
      badOf: (from, to) => {
        const found: LaneEvent[] = [];
        for (let place = Math.max(0, from); place < Math.min(to, length, this.length); place++) {
          const row = this.#order.rowAt(place);
          if (this.#kinds.get(row) >= BAD) found.push(this.#make(row));
        }
        return found;
      },
      *[Symbol.iterator]() {
        for (let index = 0; index < length; index++) yield at(index)!;
      },
    };
  }

  #make(row: number): LaneEvent {
    const kind = this.#kinds.get(row);
    const stream = this.#streams.get(row);
    const page = this.#pages.valueOf(this.#page.get(row));
    const event: LaneEvent = {
      id: `${this.#prefix}${this.#forgotten + row + 1}`,
      t: this.#order.timeOf(row),
      text: this.#texts[row]!,
      kind: KINDS[kind % BAD]!,
      bad: kind >= BAD,
      at: this.#positions.valueOf(this.#at.get(row)),
      message:
        stream === 0
          ? undefined
          : idOf({
              connection: stream >>> 1,
              direction: stream % 2 === 1 ? 'up' : 'down',
              index: this.#places.get(row),
            }),
    };
    if (page !== undefined) event.page = page;
    return event;
  }

  #columns() {
    return [this.#kinds, this.#at, this.#page, this.#streams, this.#places];
  }
}
