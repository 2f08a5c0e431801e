import type { Malformed, WireRecord } from '../records.ts';

/** Records that are new or changed: all from `first` to the newest one. */
export interface RecordChanges {
  /** Index of the first of `records` in its direction. */
  first: number;
  records: WireRecord[];
}

/** The records of one direction. They grow at the end, and only the last one changes. */
export class RecordLog {
  /** From index `#first` on: those before it were taken, and are not needed any more. */
  #records: WireRecord[] = [];
  #first = 0;
  #changedFrom = 0;
  /** May the last record still change? */
  #open = false;

  /** How many there are, those already taken included. */
  get length(): number {
    return this.#first + this.#records.length;
  }

  /** The records not yet taken; also the last one, in any case. */
  get records(): readonly WireRecord[] {
    return this.#records;
  }

  /** The last record; there is one. */
  get last(): WireRecord {
    return this.#records[this.#records.length - 1]!;
  }

  open(record: WireRecord): void {
    this.#records.push(record);
    this.#open = true;
  }

  /** Puts another record in the place of the last: what it is has only now been decided. */
  replace(record: WireRecord): void {
    this.#records[this.#records.length - 1] = record;
    this.#open = true;
    this.touch();
  }

  /** The last record has changed. */
  touch(): void {
    if (this.#changedFrom === this.length) this.#changedFrom--;
  }

  /** The last record will not change any more. */
  seal(): void {
    this.#open = false;
    this.touch();
  }

  /** Notes something on a last record that was already sealed. */
  noteSealed(note: Malformed): void {
    this.replace({ ...this.last, malformed: [...this.last.malformed, note] });
    this.seal();
  }

  /** What changed since the last call; null when nothing did. The records are never changed after this. */
  takeChanges(): RecordChanges | null {
    const first = this.#changedFrom;
    if (first === this.length) return null;
    const records = this.#records.slice(first - this.#first);
    if (this.#open) records[records.length - 1] = snapshot(this.last);
    this.#first = this.length - 1;
    this.#records = [this.last];
    this.#changedFrom = this.length;
    return { first, records };
  }
}

function snapshot(record: WireRecord): WireRecord {
  const copy = { ...record, malformed: [...record.malformed] };
  if ('headers' in copy) copy.headers = [...copy.headers];
  return copy;
}
