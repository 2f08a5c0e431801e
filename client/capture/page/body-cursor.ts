import type { HttpMessage } from '../exchanges.ts';
import { headerOf } from '../exchanges.ts';
import type { WireAccess } from './page-call.ts';

/** A chunk's data is followed by CRLF (RFC 9112 §7.1). */
const CRLF = 2;

/** Finds where in the stream the n-th byte of a response's body lies. Asked for growing numbers. */
export class BodyCursor {
  readonly #response: HttpMessage;
  /** Place of the next part of the body, and bytes of body before it. */
  #index: number;
  #before = 0;

  constructor(response: HttpMessage) {
    this.#response = response;
    this.#index = response.index + 1;
  }

  /** Code sees other bytes than those that crossed. */
  get isEncoded(): boolean {
    const coding = headerOf(this.#response.record, 'content-encoding');
    return coding !== undefined && coding !== '' && coding.toLowerCase() !== 'identity';
  }

  /** Where the head ends; null while that is not known. */
  get head(): number | null {
    const { start, bodyStart } = this.#response.record;
    return bodyStart > 0 ? start + bodyStart : null;
  }

  /** Offset behind byte number `loaded` (from 1) of the body; null when it is not (yet) known. */
  offsetOf(loaded: number, wire: WireAccess): number | null {
    const { record, stream } = this.#response;
    if (this.head === null) return null;
    if (record.body.framing === 'none' || record.body.framing === 'content-length') {
      const offset = this.head + loaded;
      return offset <= record.end ? offset : null;
    }
    for (;;) {
      const part = wire.recordAt(stream, this.#index);
      if (part?.kind === 'body' && part.message === this.#response.index) {
        const offset = part.start + loaded - this.#before;
        return offset <= part.end ? offset : null;
      }
      if (part?.kind !== 'chunk' || part.message !== this.#response.index || !part.complete) return null;
      const own = loaded - this.#before;
      if (own <= part.size && !part.last) return part.end - CRLF - (part.size - own);
      if (part.last) return null;
      this.#before += part.size;
      this.#index++;
    }
  }

  /** Where the whole message ends; null while that is not known. */
  end(wire: WireAccess): number | null {
    const { record, stream, index } = this.#response;
    if (!record.complete) return null;
    if (record.body.framing === 'none' || record.body.framing === 'content-length') return record.end;
    for (let place = this.#index; ; place++) {
      const part = wire.recordAt(stream, place);
      if ((part?.kind !== 'chunk' && part?.kind !== 'body') || part.message !== index) return null;
      if (!part.complete) return null;
      if (part.kind === 'body' || part.last) return part.end;
      this.#skip(place, part.size);
    }
  }

  /** Parts that were looked at need not be looked at again. */
  #skip(place: number, size: number): void {
    if (place !== this.#index) return;
    this.#index++;
    this.#before += size;
  }
}
