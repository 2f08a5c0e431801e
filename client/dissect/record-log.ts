import type { Field, Malformed, WireRecord } from './records.ts';

/** A record that is new or changed. Its fields before `fieldsFrom` are as they were. */
export interface RecordChange {
  index: number;
  fieldsFrom: number;
  record: WireRecord;
}

/** The records of one direction: they grow at the end only, and what changed is known. */
export class RecordLog {
  readonly records: WireRecord[] = [];
  /** By record: the first field that changed since the last `takeChanges`. */
  #changed = new Map<number, number>();
  #hasTail = false;

  open(record: WireRecord): void {
    this.records.push(record);
    this.#touch(0);
  }

  /** Puts another record in the place of the last: what it is has only now been decided. */
  replace(record: WireRecord): void {
    this.records[this.records.length - 1] = record;
    this.#hasTail = false;
    this.#touch(0);
  }

  /** The last record; there is one. */
  get last(): WireRecord {
    return this.records[this.records.length - 1]!;
  }

  add(field: Field): void {
    this.last.fields.push(field);
    this.last.data += dataIn(field);
    this.last.end = this.last.start + field.end;
    this.#touch(this.last.fields.length - 1);
  }

  /** Changes the last field, which ends elsewhere or is known better now. */
  amend(change: Partial<Field>): void {
    const field = this.last.fields[this.last.fields.length - 1]!;
    this.last.data -= dataIn(field);
    Object.assign(field, change);
    this.last.data += dataIn(field);
    this.last.end = this.last.start + field.end;
    this.#touch(this.last.fields.length - 1);
  }

  malformed(...notes: Malformed[]): void {
    this.last.malformed.push(...notes);
    this.#touch(this.last.fields.length);
  }

  complete(): void {
    this.last.complete = true;
    this.#touch(this.last.fields.length);
  }

  /** Shows bytes that cannot be read yet, until `dropTail`. */
  setTail(field: Field): void {
    this.add(field);
    this.#hasTail = true;
  }

  dropTail(): void {
    if (!this.#hasTail) return;
    this.#hasTail = false;
    const tail = this.last.fields.pop()!;
    this.last.data -= dataIn(tail);
    this.last.end = this.last.start + tail.start;
    this.#touch(this.last.fields.length);
  }

  /** Lets the tail stay for good: what would have followed is not known. */
  keepTail(): void {
    this.#hasTail = false;
  }

  /** What changed since the last call, in order. */
  takeChanges(): RecordChange[] {
    const changes = [...this.#changed].map(([index, fieldsFrom]) => ({
      index,
      fieldsFrom,
      record: this.records[index]!,
    }));
    this.#changed.clear();
    return changes;
  }

  #touch(field: number): void {
    const index = this.records.length - 1;
    this.#changed.set(index, Math.min(field, this.#changed.get(index) ?? Infinity));
  }
}

/** Bytes whose role is Data. */
function dataIn({ role, start, end }: Field): number {
  return role === 'data' ? end - start : 0;
}
