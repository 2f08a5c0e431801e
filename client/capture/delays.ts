/** Browsers tell times to 0.1 ms. */
const RESOLUTION_MS = 0.1;
/** Delays of one page of counters: 102.4 ms. */
const PAGE = 1024;

/** The median of any number of delays, to a tenth of a millisecond, in little memory. */
export class Delays {
  readonly #pages = new Map<number, { total: number; counts: Uint32Array }>();
  #count = 0;

  /** Delays of several browsers' clocks may come out a little below 0; they count as 0. */
  add(ms: number): void {
    const bin = Math.max(0, Math.round(ms / RESOLUTION_MS));
    if (!Number.isSafeInteger(bin)) return;
    const number = Math.floor(bin / PAGE);
    let page = this.#pages.get(number);
    if (!page) this.#pages.set(number, (page = { total: 0, counts: new Uint32Array(PAGE) }));
    page.total++;
    page.counts[bin % PAGE]!++;
    this.#count++;
  }

  /** Null without any. */
  get median(): number | null {
    if (this.#count === 0) return null;
    const upper = this.#at(this.#count >> 1);
    return this.#count % 2 === 1 ? upper : (this.#at((this.#count >> 1) - 1) + upper) / 2;
  }

  /** The delay at this place, in order of length. */
  #at(place: number): number {
    let left = place;
    for (const number of [...this.#pages.keys()].sort((a, b) => a - b)) {
      const page = this.#pages.get(number)!;
      if (left >= page.total) {
        left -= page.total;
        continue;
      }
      for (let bin = 0; bin < PAGE; bin++) {
        left -= page.counts[bin]!;
        if (left < 0) return Math.round((number * PAGE + bin) * RESOLUTION_MS * 10) / 10;
      }
    }
    return 0;
  }
}
