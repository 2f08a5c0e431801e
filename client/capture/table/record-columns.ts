import type { WireRecord } from '../../dissect/records.ts';
import { Column } from '../columns/column.ts';

/** Kinds of records, as numbers. */
export const KINDS = ['request', 'response', 'chunk', 'body', 'frame', 'bytes'] as const;

const COMPLETE = 1;
/** The chunk that ends a body; a frame with FIN. */
const LAST = 2;
const MASKED = 4;
/** The record does not fit columns: it is kept as it is. */
const WHOLE = 8;

/**
 * Records, by row. Frames and chunks, which come by the million, lie in columns; heads, and whatever is out
 * of the ordinary, are kept whole.
 */
export class RecordColumns {
  readonly #starts = new Column(Float64Array);
  readonly #lengths = new Column(Uint32Array);
  readonly #data = new Column(Uint32Array);
  readonly #kinds = new Column(Uint8Array);
  readonly #flags = new Column(Uint8Array);
  /** A frame's masking key; the index of a chunk's message. */
  readonly #key = new Column(Uint32Array);
  /** A frame's payload length; a chunk's size. */
  readonly #size = new Column(Uint32Array);
  /** A frame's opcode and reserved bits. */
  readonly #opcode = new Column(Uint8Array);
  readonly #header = new Column(Uint8Array);
  /** How far before a chunk its context begins; the index of what a frame answers, plus 1. */
  readonly #context = new Column(Uint32Array);
  #whole = new Map<number, WireRecord>();

  get byteLength(): number {
    return this.#columns().reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Records kept whole. */
  get whole(): number {
    return this.#whole.size;
  }

  push(record: WireRecord): void {
    for (const column of this.#columns()) column.push(0);
    this.set(this.#starts.length - 1, record);
  }

  set(row: number, record: WireRecord): void {
    const { start, end, data, complete, kind } = record;
    this.#starts.set(row, start);
    this.#lengths.set(row, end - start);
    this.#data.set(row, data);
    this.#kinds.set(row, KINDS.indexOf(kind));
    let flags = complete ? COMPLETE : 0;
    if (kind === 'frame' && record.malformed.length === 0 && record.payloadLength <= 0xffff_ffff) {
      if (record.fin) flags |= LAST;
      if (record.maskingKey !== null) flags |= MASKED;
      this.#key.set(row, record.maskingKey ?? 0);
      this.#size.set(row, record.payloadLength);
      this.#opcode.set(row, record.opcode | (record.rsv << 4));
      this.#header.set(row, record.headerLength);
      this.#context.set(row, (record.answers ?? -1) + 1);
      this.#whole.delete(row);
    } else if (kind === 'chunk' && record.malformed.length === 0 && record.extensions === '') {
      if (record.last) flags |= LAST;
      this.#key.set(row, record.message);
      this.#size.set(row, record.size);
      this.#context.set(row, start - record.contextFrom);
      this.#whole.delete(row);
    } else {
      flags |= WHOLE;
      this.#whole.set(row, record);
    }
    this.#flags.set(row, flags);
  }

  get(row: number): WireRecord {
    const flags = this.#flags.get(row);
    if ((flags & WHOLE) !== 0) return this.#whole.get(row)!;
    const start = this.#starts.get(row);
    const stretch = {
      start,
      end: start + this.#lengths.get(row),
      complete: (flags & COMPLETE) !== 0,
      data: this.#data.get(row),
      malformed: [],
    };
    if (this.kindOf(row) === 'chunk') {
      return {
        protocol: 'http1',
        kind: 'chunk',
        ...stretch,
        message: this.#key.get(row),
        size: this.#size.get(row),
        extensions: '',
        last: (flags & LAST) !== 0,
        contextFrom: start - this.#context.get(row),
      };
    }
    const opcode = this.#opcode.get(row);
    const answers = this.#context.get(row);
    return {
      protocol: 'websocket',
      kind: 'frame',
      ...stretch,
      fin: (flags & LAST) !== 0,
      rsv: opcode >> 4,
      opcode: opcode & 15,
      maskingKey: (flags & MASKED) !== 0 ? this.#key.get(row) : null,
      payloadLength: this.#size.get(row),
      headerLength: this.#header.get(row),
      answers: answers === 0 ? null : answers - 1,
    };
  }

  kindOf(row: number): (typeof KINDS)[number] {
    return KINDS[this.#kinds.get(row)]!;
  }

  /** The kind's place in `KINDS`. */
  kindNumberOf(row: number): number {
    return this.#kinds.get(row);
  }

  startOf(row: number): number {
    return this.#starts.get(row);
  }

  endOf(row: number): number {
    return this.#starts.get(row) + this.#lengths.get(row);
  }

  dataOf(row: number): number {
    return this.#data.get(row);
  }

  isComplete(row: number): boolean {
    return (this.#flags.get(row) & COMPLETE) !== 0;
  }

  /** Keeps the rows `kept`, which ascend, and numbers them anew. */
  retain(kept: Uint32Array): void {
    for (const column of this.#columns()) column.retain(kept);
    const whole = new Map<number, WireRecord>();
    kept.forEach((row, index) => {
      const record = this.#whole.get(row);
      if (record) whole.set(index, record);
    });
    this.#whole = whole;
  }

  #columns() {
    return [
      this.#starts,
      ...[this.#lengths, this.#data, this.#key, this.#size, this.#context],
      ...[this.#kinds, this.#flags, this.#opcode, this.#header],
    ];
  }
}
