/** One connection dissected as the app does it: changes are put together, fields read when asked for. */
import { createConnectionDissector, type DissectDirection } from '../../client/dissect/connection.ts';
import { fieldsFrom, fieldsOf } from '../../client/dissect/fields.ts';
import {
  isHttpMessage,
  type ByteRange,
  type ContentRecord,
  type Field,
  type WireRecord,
} from '../../client/dissect/records.ts';

export type Step =
  [DissectDirection, string | Uint8Array] | ['end', DissectDirection] | ['gap', DissectDirection, number];

export type RecordWithFields = WireRecord & { fields: Field[] };

interface Side {
  records: WireRecord[];
  contents: ContentRecord[];
  pieces: Uint8Array[];
  length: number;
  unrecorded: ByteRange[];
}

/** One character a byte. */
export const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Text as its UTF-8 bytes, one character a byte. */
export const utf8 = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));

export class Dissection {
  readonly #dissector = createConnectionDissector();
  readonly #sides: Record<DissectDirection, Side> = { up: side(), down: side() };
  readonly #takesOften: boolean;
  /** What it was fed. */
  readonly steps: Step[] = [];

  /** @param options.takesOften Changes are taken after every step, instead of when they are looked at. */
  constructor({ takesOften = false } = {}) {
    this.#takesOften = takesOften;
  }

  feed(...steps: Step[]): this {
    for (const step of steps) {
      this.steps.push(step);
      if (step[0] === 'end') this.#dissector.end(step[1]);
      else if (step[0] === 'gap') this.#gap(step[1], step[2]);
      else this.#push(step[0], typeof step[1] === 'string' ? bytesOf(step[1]) : step[1]);
      if (this.#takesOften) this.#take();
    }
    return this;
  }

  records(direction: DissectDirection): WireRecord[] {
    this.#take();
    return this.#sides[direction].records;
  }

  contents(direction: DissectDirection): ContentRecord[] {
    this.#take();
    return this.#sides[direction].contents;
  }

  length(direction: DissectDirection): number {
    return this.#sides[direction].length;
  }

  fields(direction: DissectDirection, record: WireRecord): Field[] {
    const { records, contents, unrecorded } = this.#sides[direction];
    const message = 'message' in record ? records[record.message] : undefined;
    return fieldsOf(record, this.#bytes(direction).slice(fieldsFrom(record), record.end), {
      message: message && isHttpMessage(message) ? message : null,
      contents: contents.filter(({ ranges }) =>
        ranges.some(({ start, end }) => start < record.end && end > record.start),
      ),
      unrecorded,
    });
  }

  withFields(direction: DissectDirection): RecordWithFields[] {
    return this.records(direction).map((record) => ({ ...record, fields: this.fields(direction, record) }));
  }

  #bytes(direction: DissectDirection): Uint8Array {
    const side = this.#sides[direction];
    if (side.pieces.length > 1) {
      const whole = new Uint8Array(side.length);
      let at = 0;
      for (const piece of side.pieces) {
        whole.set(piece, at);
        at += piece.length;
      }
      side.pieces = [whole];
    }
    return side.pieces[0] ?? new Uint8Array();
  }

  #push(direction: DissectDirection, bytes: Uint8Array): void {
    this.#dissector.push(direction, bytes);
    this.#add(direction, bytes.slice());
  }

  #gap(direction: DissectDirection, length: number): void {
    const { length: start, unrecorded } = this.#sides[direction];
    this.#dissector.gap(direction, length);
    if (length > 0) unrecorded.push({ start, end: start + length });
    this.#add(direction, new Uint8Array(length));
  }

  #add(direction: DissectDirection, bytes: Uint8Array): void {
    this.#sides[direction].pieces.push(bytes);
    this.#sides[direction].length += bytes.length;
  }

  #take(): void {
    for (const { direction, first, records, contents } of this.#dissector.takeChanges()) {
      const side = this.#sides[direction];
      side.records.splice(first, side.records.length, ...records);
      for (const { index, content } of contents) side.contents[index] = content;
    }
  }
}

function side(): Side {
  return { records: [], contents: [], pieces: [], length: 0, unrecorded: [] };
}
