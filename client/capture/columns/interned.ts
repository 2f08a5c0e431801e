import type { SourcePosition } from '#protocol/errors';

/** Numbers for values that occur again and again, from 1; 0 is for none. */
class Interned<T> {
  readonly #key: (value: T) => string;
  readonly #numbers = new Map<string, number>();
  readonly #values: T[] = [];

  constructor(key: (value: T) => string) {
    this.#key = key;
  }

  numberOf(value: T | null | undefined): number {
    if (value === null || value === undefined) return 0;
    const key = this.#key(value);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#values.push(value);
      this.#numbers.set(key, number);
    }
    return number;
  }

  valueOf(number: number): T | undefined {
    return this.#values[number - 1];
  }
}

/** Places in code: as many as the code has lines that call. */
export class Positions extends Interned<SourcePosition> {
  constructor() {
    super(({ file, line, column }) => `${file}:${line}:${column}`);
  }
}

/** Short words of a small vocabulary: names of calls, of pages. */
export class Names extends Interned<string> {
  constructor() {
    super((name) => name);
  }
}
