import { PREVIEW_BYTES } from './limits.ts';
import type { Field } from './records.ts';
import { nameOf } from './text.ts';

/** The words for a run of bytes: an i18n key and its values. */
export type FieldMeaning = Pick<Field, 'note' | 'params'>;

/** Names a data field while its bytes arrive, from the first of them. */
export class DataRun {
  #kept = new Uint8Array(PREVIEW_BYTES);
  #length = 0;
  #more = false;

  /** @param bytes Null when they were not recorded. */
  push(bytes: Uint8Array | null): void {
    if (bytes === null) this.#more = true;
    if (bytes === null || this.#more) return;
    const fitting = bytes.subarray(0, PREVIEW_BYTES - this.#length);
    this.#kept.set(fitting, this.#length);
    this.#length += fitting.length;
    this.#more = fitting.length < bytes.length;
  }

  get name(): string {
    return nameOf(this.#kept.subarray(0, this.#length), this.#more);
  }
}
