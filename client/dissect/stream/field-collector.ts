import { PREVIEW_BYTES } from '../limits.ts';
import type { Field, Role } from '../records.ts';
import { nameOf } from '../text.ts';

/** The words for a run of bytes: an i18n key and its values. */
export type FieldMeaning = Pick<Field, 'note' | 'params'>;

/**
 * The fields of the records that a reader reads, for `fieldsOf`. A reader without one makes no fields:
 * in a long capture nearly none of them is ever looked at.
 */
export class FieldCollector {
  readonly #byRecord = new Map<number, Field[]>();
  #fields: Field[] = [];
  #start = 0;
  #run: Run | null = null;

  /** A record begins at this offset of its direction, unless it already did. */
  open(start: number): void {
    this.#start = start;
    this.#run = null;
    this.#fields = this.#byRecord.get(start) ?? [];
    this.#byRecord.set(start, this.#fields);
  }

  /** The fields of the record that begins here. */
  of(start: number): Field[] {
    return this.#byRecord.get(start) ?? [];
  }

  /** Adds a field, in offsets of its record. */
  add(field: Field): void {
    this.#run = null;
    this.#fields.push(field);
  }

  /**
   * Adds bytes of a role, in offsets of the direction. They go on with the field before them when that
   * means the same and `joins` says so.
   *
   * @param bytes Null when they were not recorded.
   */
  addRun(role: Role, start: number, end: number, bytes: Uint8Array | null, meaning: FieldMeaning): void {
    if (end === start) return;
    if (this.#run?.role === role && this.#run.meaning === meaning) this.#run.push(end - this.#start, bytes);
    else {
      this.#run = new Run(role, start - this.#start, meaning);
      this.#run.push(end - this.#start, bytes);
      this.#fields.push(this.#run.field);
    }
  }

  /** What comes next is a field of its own, whatever it means. */
  endRun(): void {
    this.#run = null;
  }

  /** Takes back the last field. */
  pop(): void {
    this.#run = null;
    this.#fields.pop();
  }
}

/** A field that grows, named by its first bytes. */
class Run {
  readonly field: Field;
  readonly role: Role;
  readonly meaning: FieldMeaning;
  readonly #kept = new Uint8Array(PREVIEW_BYTES);
  #length = 0;
  #more = false;

  constructor(role: Role, start: number, meaning: FieldMeaning) {
    this.role = role;
    this.meaning = meaning;
    this.field = { start, end: start, role, name: '', ...meaning };
  }

  push(end: number, bytes: Uint8Array | null): void {
    this.field.end = end;
    if (bytes === null) this.#more = true;
    else if (!this.#more) {
      const fitting = bytes.subarray(0, PREVIEW_BYTES - this.#length);
      this.#kept.set(fitting, this.#length);
      this.#length += fitting.length;
      this.#more = fitting.length < bytes.length;
    }
    this.field.name = nameOf(this.#kept.subarray(0, this.#length), this.#more);
  }
}
