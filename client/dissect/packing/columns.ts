/**
 * Things of one shape as columns of numbers and one text: a hundred thousand objects cross from the worker
 * in the time that a thousand take one by one.
 */
export interface Columns<Kind extends string = string> {
  kind: Kind;
  /** Row by row. */
  numbers: Float64Array;
  /** The texts of all rows, one behind the other; their lengths are among the numbers. */
  text: string;
}

/** How things of one kind become rows. */
export interface Shape<Thing> {
  /** Numbers in a row. */
  width: number;
  /** Can this one be a row? The others cross as they are. */
  fits(thing: Thing): boolean;
  write(thing: Thing, row: RowWriter): void;
  read(row: RowReader): Thing;
}

/** Fewer in a row are not worth it. */
const WORTH_IT = 8;

export class RowWriter {
  readonly #numbers: Float64Array;
  #at = 0;
  text = '';

  constructor(length: number) {
    this.#numbers = new Float64Array(length);
  }

  get numbers(): Float64Array {
    return this.#numbers;
  }

  number(value: number): void {
    this.#numbers[this.#at++] = value;
  }

  /** Null becomes NaN. */
  maybe(value: number | null): void {
    this.#numbers[this.#at++] = value ?? NaN;
  }

  string(value: string): void {
    this.#numbers[this.#at++] = value.length;
    this.text += value;
  }
}

export class RowReader {
  readonly #columns: Columns;
  #at = 0;
  #textAt = 0;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  number(): number {
    return this.#columns.numbers[this.#at++]!;
  }

  maybe(): number | null {
    const value = this.#columns.numbers[this.#at++]!;
    return Number.isNaN(value) ? null : value;
  }

  string(): string {
    const length = this.#columns.numbers[this.#at++]!;
    if (length === 0) return '';
    return this.#columns.text.slice(this.#textAt, (this.#textAt += length));
  }
}

/** Things in their order: as they are, or in columns. */
export type Packed<Thing, Kind extends string> = (Thing[] | Columns<Kind>)[];

/** Puts runs of things of the same kind into columns. */
export function pack<Thing, Kind extends string>(
  things: readonly Thing[],
  kindOf: (thing: Thing) => string,
  shapes: Readonly<Record<Kind, Shape<Thing>>>,
): Packed<Thing, Kind> {
  const packed: Packed<Thing, Kind> = [];
  for (let from = 0; from < things.length;) {
    const kind = kindOf(things[from]!) as Kind;
    const shape = Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    let to = from;
    while (shape && to < things.length && kindOf(things[to]!) === kind && shape.fits(things[to]!)) to++;
    if (!shape || to - from < WORTH_IT) {
      const end = Math.max(to, from + 1);
      const last = packed[packed.length - 1];
      if (Array.isArray(last)) last.push(...things.slice(from, end));
      else packed.push(things.slice(from, end));
      from = end;
      continue;
    }
    const row = new RowWriter((to - from) * shape.width);
    for (; from < to; from++) shape.write(things[from]!, row);
    packed.push({ kind, numbers: row.numbers, text: row.text });
  }
  return packed;
}

/** The things again, equal to what they were. */
export function unpack<Thing, Kind extends string>(
  packed: Packed<Thing, Kind>,
  shapes: Readonly<Record<Kind, Shape<Thing>>>,
): Thing[] {
  const things: Thing[] = [];
  for (const part of packed) {
    if (Array.isArray(part)) {
      for (const thing of part) things.push(thing);
      continue;
    }
    const shape = shapes[part.kind];
    const row = new RowReader(part);
    for (let count = part.numbers.length / shape.width; count > 0; count--) things.push(shape.read(row));
  }
  return things;
}
