import type { SourcePosition } from '#protocol/errors';

/** Values that occur again and again, by a number from 1; 0 is for none. */
class Numbered<T> {
  readonly #values: T[] = [];

  valueOf(number: number): T | undefined {
    return this.#values[number - 1];
  }

  protected add(value: T): number {
    return this.#values.push(value);
  }
}

/** Columns are below this, so that a line and a column are one number; no line that a person writes is longer. */
const LONGEST_LINE = 2 ** 20;

/** Places in code: as many as the code has lines that call. Asked for with every message, so no key is written. */
export class Positions extends Numbered<SourcePosition> {
  readonly #byFile = new Map<string, Map<number, number>>();

  numberOf(position: SourcePosition | null | undefined): number {
    if (!position) return 0;
    const { file, line, column } = position;
    let places = this.#byFile.get(file);
    if (!places) this.#byFile.set(file, (places = new Map()));
    const key = line * LONGEST_LINE + column;
    let number = places.get(key);
    if (number === undefined) places.set(key, (number = this.add(position)));
    return number;
  }
}

/** Short words of a small vocabulary: names of calls, of pages. */
export class Names extends Numbered<string> {
  readonly #numbers = new Map<string, number>();

  numberOf(name: string | null | undefined): number {
    if (name === null || name === undefined) return 0;
    let number = this.#numbers.get(name);
    if (number === undefined) this.#numbers.set(name, (number = this.add(name)));
    return number;
  }
}
