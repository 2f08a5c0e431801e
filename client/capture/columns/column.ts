type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array;

const FIRST_ROOM = 64;
/** A column that is full grows by this much: a fifth of it is unused at most. */
const GROWTH = 1.25;

/** A list of numbers in one typed array: 1 to 8 bytes each, where an array of objects takes a hundred. */
export class Column<A extends Numbers = Float64Array> {
  readonly #make: new (room: number) => A;
  #data: A;
  #length = 0;

  constructor(make: new (room: number) => A) {
    this.#make = make;
    this.#data = new make(FIRST_ROOM);
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes held, room for more included. */
  get byteLength(): number {
    return this.#data.byteLength;
  }

  /** `index` is below `length`. */
  get(index: number): number {
    return this.#data[index]!;
  }

  set(index: number, value: number): void {
    this.#data[index] = value;
  }

  push(value: number): void {
    if (this.#length === this.#data.length) this.#grow();
    this.#data[this.#length++] = value;
  }

  insert(at: number, value: number): void {
    if (this.#length === this.#data.length) this.#grow();
    this.#data.copyWithin(at + 1, at, this.#length++);
    this.#data[at] = value;
  }

  /** Keeps the values at `indices`, which ascend. */
  retain(indices: Uint32Array): void {
    const data = new this.#make(Math.max(FIRST_ROOM, Math.ceil(indices.length * GROWTH)));
    for (let index = 0; index < indices.length; index++) data[index] = this.#data[indices[index]!]!;
    this.#data = data;
    this.#length = indices.length;
  }

  dropFirst(count: number): void {
    if (count <= 0) return;
    this.#data.copyWithin(0, count, this.#length);
    this.#length = Math.max(0, this.#length - count);
  }

  /** The first index whose value is above `value`, in a column that ascends; `length` when there is none. */
  firstAbove(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#data[middle]! > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The first index whose value is `value` or above. */
  firstAtLeast(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#data[middle]! >= value) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #grow(): void {
    const data = new this.#make(Math.ceil(this.#data.length * GROWTH));
    data.set(this.#data);
    this.#data = data;
  }
}
