import { isHttpMessage, type HttpMessageRecord, type WireRecord } from '../dissect/records.ts';

/** Header sections that are remembered; then all are forgotten and remembered anew. */
const SECTIONS = 2_000;

/** Polls send the same header sections again and again: records that are equal there share one. */
export class SharedHeaders {
  readonly #sections = new Map<string, HttpMessageRecord['headers']>();

  /** The record, with headers that others may have, too. Nobody changes them. */
  share(record: WireRecord): WireRecord {
    if (!isHttpMessage(record) || record.bodyStart === 0) return record;
    const key = record.headers.map(({ name, value }) => `${name}:${value}`).join('\n');
    const known = this.#sections.get(key);
    if (known) return { ...record, headers: known };
    if (this.#sections.size >= SECTIONS) this.#sections.clear();
    this.#sections.set(key, record.headers);
    return record;
  }
}
