import type { ByteRange, ContentRecord } from '../../dissect/records.ts';
import { Column } from '../columns/column.ts';

const KINDS = ['sse-event', 'script-call', 'websocket-message'] as const;

const KIND_BITS = 3;
const COMPLETE = 4;
/** Dispatched, or in HTML. */
const MARKED = 8;
/** It is counted among the contents of the message it ends in. */
const COUNTED = 16;
const NONE = 0xffff_ffff;

/**
 * What one direction of a connection carries, by its place in it. Numbers lie in columns; texts are shared
 * where they repeat; only what goes across borders has more than a first and a last byte.
 */
export class ContentLog {
  /** Places below this one were forgotten. */
  #first = 0;
  readonly #starts = new Column(Float64Array);
  readonly #ends = new Column(Float64Array);
  /** The furthest end up to each place: a fragmented message ends behind the ping inside it. */
  readonly #reach = new Column(Float64Array);
  readonly #bits = new Column(Uint8Array);
  readonly #opcode = new Column(Uint8Array);
  /** Frames, or the time to reconnect. */
  readonly #count = new Column(Uint32Array);
  readonly #size = new Column(Uint32Array);
  readonly #inflated = new Column(Uint32Array);
  readonly #closeCode = new Column(Uint16Array);
  #names: string[] = [];
  #texts: string[] = [];
  #ids: string[] = [];
  readonly #ranges = new Map<number, ByteRange[]>();
  /** Bytes that the texts take, about. */
  textBytes = 0;

  /** One more than the last place. */
  get length(): number {
    return this.#first + this.#bits.length;
  }

  get byteLength(): number {
    return this.#columns().reduce((sum, { byteLength }) => sum + byteLength, this.textBytes);
  }

  /** Sets the content at `index`; places in between that were not told are empty. */
  set(index: number, content: ContentRecord): void {
    if (index < this.#first || index > this.length + 1_000_000) return;
    while (this.length <= index) this.#pushEmpty();
    const at = index - this.#first;
    const first = content.ranges[0]?.start ?? 0;
    const end = content.ranges.at(-1)?.end ?? first;
    this.#starts.set(at, first);
    this.#ends.set(at, end);
    this.#reachFrom(at);
    if (content.ranges.length > 1) this.#ranges.set(index, content.ranges);
    else this.#ranges.delete(index);
    const counted = this.#bits.get(at) & COUNTED;
    this.#bits.set(at, KINDS.indexOf(content.kind) | (content.complete ? COMPLETE : 0) | counted);
    this.#count.set(at, NONE);
    switch (content.kind) {
      case 'sse-event':
        if (content.dispatched) this.#mark(at);
        this.#count.set(at, content.retry ?? NONE);
        this.#write(at, content.event, content.data, content.lastEventId);
        break;
      case 'script-call':
        if (content.inHtml) this.#mark(at);
        this.#write(at, content.callee, content.payload, '');
        break;
      case 'websocket-message':
        this.#opcode.set(at, content.opcode);
        this.#count.set(at, content.frames);
        this.#size.set(at, content.size);
        this.#inflated.set(at, content.inflatedSize ?? NONE);
        this.#closeCode.set(at, content.closeCode ?? 0);
        this.#write(at, '', content.text, '');
        break;
    }
  }

  get(index: number): ContentRecord | undefined {
    const at = index - this.#first;
    if (at < 0 || at >= this.#bits.length || this.#ends.get(at) < 0) return undefined;
    const bits = this.#bits.get(at);
    const ranges = this.#ranges.get(index) ?? [{ start: this.#starts.get(at), end: this.#ends.get(at) }];
    const complete = (bits & COMPLETE) !== 0;
    const marked = (bits & MARKED) !== 0;
    const kind = KINDS[bits & KIND_BITS]!;
    const [name, text, id] = [this.#names[at]!, this.#texts[at]!, this.#ids[at]!];
    const count = this.#count.get(at);
    if (kind === 'sse-event') {
      const retry = count === NONE ? null : count;
      return { kind, ranges, complete, dispatched: marked, event: name, data: text, lastEventId: id, retry };
    }
    if (kind === 'script-call') {
      return { kind, ranges, complete, callee: name, payload: text, inHtml: marked };
    }
    const inflated = this.#inflated.get(at);
    return {
      kind,
      ranges,
      complete,
      opcode: this.#opcode.get(at),
      frames: count,
      size: this.#size.get(at),
      inflatedSize: inflated === NONE ? null : inflated,
      text,
      closeCode: this.#closeCode.get(at) || null,
    };
  }

  /** Contents with bytes in [start, end), in order. */
  within(start: number, end: number): ContentRecord[] {
    const found: ContentRecord[] = [];
    for (let at = this.#reach.firstAbove(start); at < this.#bits.length; at++) {
      if (this.#starts.get(at) >= end) break;
      const content = this.get(at + this.#first);
      if (content?.ranges.some((range) => range.start < end && range.end > start)) found.push(content);
    }
    return found;
  }

  /** Says that a content is counted; true when it was not. */
  count(index: number): boolean {
    const at = index - this.#first;
    if (at < 0 || at >= this.#bits.length || (this.#bits.get(at) & COUNTED) !== 0) return false;
    this.#bits.set(at, this.#bits.get(at) | COUNTED);
    return true;
  }

  dropBelow(offset: number): void {
    const count = this.#reach.firstAbove(offset);
    for (let at = 0; at < count; at++) {
      this.#ranges.delete(at + this.#first);
      this.textBytes -= bytesOf(this.#names[at]!, this.#texts[at]!, this.#ids[at]!);
    }
    for (const column of this.#columns()) column.dropFirst(count);
    this.#names = this.#names.slice(count);
    this.#texts = this.#texts.slice(count);
    this.#ids = this.#ids.slice(count);
    this.#first += count;
  }

  #columns() {
    return [
      ...[this.#starts, this.#ends, this.#reach],
      ...[this.#bits, this.#opcode, this.#count, this.#size, this.#inflated, this.#closeCode],
    ];
  }

  #pushEmpty(): void {
    for (const column of this.#columns()) column.push(0);
    const at = this.#ends.length - 1;
    this.#ends.set(at, -1);
    this.#reach.set(at, at > 0 ? this.#reach.get(at - 1) : 0);
    this.#starts.set(at, at > 0 ? this.#starts.get(at - 1) : 0);
    this.#names.push('');
    this.#texts.push('');
    this.#ids.push('');
    this.textBytes += bytesOf();
  }

  #mark(at: number): void {
    this.#bits.set(at, this.#bits.get(at) | MARKED);
  }

  #write(at: number, name: string, text: string, id: string): void {
    this.textBytes -= bytesOf(this.#names[at]!, this.#texts[at]!, this.#ids[at]!);
    // Neighbours are often of one name: they share its text.
    const before = this.#names[at - 1];
    this.#names[at] = name === before ? before : name;
    this.#texts[at] = text;
    this.#ids[at] = id;
    this.textBytes += bytesOf(name, text, id);
  }

  #reachFrom(from: number): void {
    for (let at = from; at < this.#ends.length; at++) {
      const before = at > 0 ? this.#reach.get(at - 1) : 0;
      const reach = Math.max(before, this.#ends.get(at));
      if (at > from && this.#reach.get(at) === reach) return;
      this.#reach.set(at, reach);
    }
  }
}

/** A short string takes about 16 bytes besides its characters, an empty one nothing. */
function bytesOf(...texts: string[]): number {
  let bytes = 12;
  for (const { length } of texts) if (length > 0) bytes += 16 + length;
  return bytes;
}
