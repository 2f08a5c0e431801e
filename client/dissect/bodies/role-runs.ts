import type { Role } from '../records.ts';
import type { FieldCollector, FieldMeaning } from '../stream/field-collector.ts';

/** What the bytes of a body are, run by run: counted, and made fields of where fields are collected. */
export class RoleRuns {
  readonly #fields: FieldCollector | null;
  #data = 0;
  #heldLength = 0;
  #held: { start: number; end: number; bytes: Uint8Array }[] = [];

  constructor(fields: FieldCollector | null) {
    this.#fields = fields;
  }

  /** The bytes [from, to) of a piece that begins at `offset` in the direction. */
  add(role: Role, bytes: Uint8Array, from: number, to: number, offset: number, meaning: FieldMeaning): void {
    if (to === from) return;
    if (role === 'data') this.#data += to - from;
    this.#fields?.addRun(role, offset + from, offset + to, bytes.subarray(from, to), meaning);
  }

  /** Bytes whose role depends on those that follow; until it is settled they count as data. */
  hold(bytes: Uint8Array, from: number, to: number, offset: number): void {
    if (to === from) return;
    this.#data += to - from;
    this.#heldLength += to - from;
    if (this.#fields)
      this.#held.push({ start: offset + from, end: offset + to, bytes: bytes.slice(from, to) });
  }

  /** What the held bytes are. */
  settle(role: Role, meaning: FieldMeaning): void {
    if (role !== 'data') this.#data -= this.#heldLength;
    this.#heldLength = 0;
    if (!this.#fields) return;
    for (const { start, end, bytes } of this.#held) this.#fields.addRun(role, start, end, bytes, meaning);
    this.#held = [];
  }

  /** By how many bytes there is more data since the last call. */
  take(): number {
    const data = this.#data;
    this.#data = 0;
    return data;
  }
}
