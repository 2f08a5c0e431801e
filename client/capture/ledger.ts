/** An entry of a ledger: what it holds is replaced, never changed. */
export interface Entry<T> {
  value: T;
}

/**
 * A list in order of time that is handed out as immutable arrays: changes are collected, and one array
 * is made of them when a snapshot is asked for.
 */
export class Ledger<T> {
  #entries: Entry<T>[] = [];
  #snapshot: T[] | null = [];
  readonly #time: (value: T) => number;

  constructor(time: (value: T) => number) {
    this.#time = time;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Puts `value` behind everything that is not later; nearly always at the end. */
  add(value: T): Entry<T> {
    const entry = { value };
    let at = this.#entries.length;
    while (at > 0 && this.#time(this.#entries[at - 1]!.value) > this.#time(value)) at--;
    this.#entries.splice(at, 0, entry);
    this.#snapshot = null;
    return entry;
  }

  set(entry: Entry<T>, value: T): void {
    entry.value = value;
    this.#snapshot = null;
  }

  change(entry: Entry<T>, change: Partial<T>): void {
    this.set(entry, { ...entry.value, ...change });
  }

  /** Entries, latest first. */
  *fromEnd(): Generator<Entry<T>> {
    for (let at = this.#entries.length - 1; at >= 0; at--) yield this.#entries[at]!;
  }

  /** Time of the first entry behind `share` of all. */
  timeAt(share: number): number {
    return this.#time(this.#entries[Math.floor((this.#entries.length - 1) * share)]!.value);
  }

  /** Removes what `keep` refuses and returns how many entries that were. */
  retain(keep: (value: T) => boolean): number {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter(({ value }) => keep(value));
    if (this.#entries.length !== before) this.#snapshot = null;
    return before - this.#entries.length;
  }

  /** The same array until something changes. */
  snapshot(): T[] {
    return (this.#snapshot ??= this.#entries.map(({ value }) => value));
  }
}
