import type { FieldCollector, FieldMeaning } from '../stream/field-collector.ts';
import { latin1Bytes } from '../text.ts';
import type { BodyReader } from './body-reader.ts';
import { RoleRuns } from './role-runs.ts';

const LF = 0x0a;
const CR = 0x0d;

const BOUNDARY: FieldMeaning = { note: 'inspect:form.boundary' };
const PART_HEAD: FieldMeaning = { note: 'inspect:form.partHead' };
const PART: FieldMeaning = { note: 'inspect:form.part' };

/** `delimiter`: what may be the line that begins the next part. `line`: the rest of that line. */
type State = 'part' | 'delimiter' | 'line' | 'head';

/** RFC 2046 §5.1: parts, each with a head of its own, between lines that the head of the message names. */
export class MultipartReader implements BodyReader {
  readonly #runs: RoleRuns;
  /** CRLF and `--boundary`; before the first part the line end is not needed. */
  readonly #delimiter: Uint8Array;
  #state: State = 'delimiter';
  #matched = 2;
  /** Bytes since the last line end, in a part's head. */
  #lineLength = 0;
  #isStart = true;

  constructor(fields: FieldCollector | null, boundary: string) {
    this.#runs = new RoleRuns(fields);
    this.#delimiter = latin1Bytes(`\r\n--${boundary}`);
  }

  get isFresh(): boolean {
    return this.#isStart;
  }

  read(bytes: Uint8Array, offset: number): number {
    this.#isStart &&= bytes.length === 0;
    for (let at = 0; at < bytes.length;) at = this.#step(bytes, at, offset);
    return this.#runs.take();
  }

  gap(): void {
    this.#isStart = false;
    this.#state = 'part';
  }

  endRecord(): void {
    this.#runs.settle('data', PART);
  }

  end(): void {
    this.#runs.settle('data', PART);
  }

  #step(bytes: Uint8Array, from: number, offset: number): number {
    if (this.#state === 'part') {
      const found = bytes.indexOf(CR, from);
      const to = found < 0 ? bytes.length : found;
      this.#runs.add('data', bytes, from, to, offset, PART);
      if (found >= 0) this.#await(0);
      return to;
    }
    if (this.#state === 'delimiter') return this.#readDelimiter(bytes, from, offset);
    // The line of the delimiter, or lines of the part's head up to the empty one.
    let at = from;
    while (at < bytes.length && bytes[at] !== LF) {
      if (bytes[at] !== CR) this.#lineLength++;
      at++;
    }
    const isEnd = at < bytes.length;
    if (isEnd) at++;
    const inLine = this.#state === 'line';
    this.#runs.add(inLine ? 'edge' : 'meta', bytes, from, at, offset, inLine ? BOUNDARY : PART_HEAD);
    if (!isEnd) return at;
    if (inLine) this.#state = 'head';
    else if (this.#lineLength === 0) this.#state = 'part';
    this.#lineLength = 0;
    return at;
  }

  #await(matched: number): void {
    this.#state = 'delimiter';
    this.#matched = matched;
  }

  #readDelimiter(bytes: Uint8Array, at: number, offset: number): number {
    if (bytes[at] !== this.#delimiter[this.#matched]) {
      this.#runs.settle('data', PART);
      this.#state = 'part';
      // A CR may begin the next delimiter.
      return at;
    }
    this.#runs.hold(bytes, at, at + 1, offset);
    if (++this.#matched === this.#delimiter.length) {
      this.#runs.settle('edge', BOUNDARY);
      this.#state = 'line';
      this.#lineLength = 0;
    }
    return at + 1;
  }
}
