import type { FieldCollector, FieldMeaning } from '../stream/field-collector.ts';
import type { BodyReader } from './body-reader.ts';
import { RoleRuns } from './role-runs.ts';

const AND = 0x26;
const EQUALS = 0x3d;

const NAME: FieldMeaning = { note: 'inspect:form.name' };
const VALUE: FieldMeaning = { note: 'inspect:form.value' };
const BORDER: FieldMeaning = { note: 'inspect:form.border' };

/** URL §5.1: `name=value&name=value`. */
export class FormReader implements BodyReader {
  readonly #runs: RoleRuns;
  #inName = true;
  #isStart = true;

  constructor(fields: FieldCollector | null) {
    this.#runs = new RoleRuns(fields);
  }

  get isFresh(): boolean {
    return this.#isStart;
  }

  read(bytes: Uint8Array, offset: number): number {
    for (let at = 0; at < bytes.length;) {
      const from = at;
      while (at < bytes.length && bytes[at] !== AND && (bytes[at] !== EQUALS || !this.#inName)) at++;
      if (this.#inName) this.#runs.add('kind', bytes, from, at, offset, NAME);
      else this.#runs.add('data', bytes, from, at, offset, VALUE);
      this.#isStart = at < bytes.length && bytes[at] === AND;
      if (at === bytes.length) break;
      this.#inName = bytes[at] === AND;
      this.#runs.add('edge', bytes, at, ++at, offset, BORDER);
    }
    return this.#runs.take();
  }

  gap(): void {
    this.#isStart = false;
  }

  endRecord(): void {
    // Every byte was decided by itself.
  }

  end(): void {
    // There is nothing to finish.
  }
}
