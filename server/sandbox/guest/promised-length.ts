/** `strictContentLength`: a body must be as long as its Content-Length says (lib/_http_outgoing.js). */
import { nodeError } from './node-error.ts';

type Pairs = readonly (readonly [name: string, value: unknown])[];

/** Bytes a response has promised and written; kept only where the program asked for the check. */
export class PromisedLength {
  /** Undefined until the head is made, and when it promises none. */
  #promised: number | undefined;
  #written = 0;

  /** Before a chunk is written; `last`: by `end()`. */
  add(bytes: number, last: boolean): void {
    const total = this.#written + bytes;
    if (this.#promised !== undefined && (last ? total !== this.#promised : total > this.#promised))
      throw this.#mismatch(total);
    this.#written = total;
  }

  /** The head is made of these headers. */
  promise(headers: Pairs): void {
    const value = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
    const chunked = headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
    this.#promised = value === undefined || chunked ? undefined : Number(value);
  }

  /** Before the message ends. */
  finish(): void {
    if (this.#promised !== undefined && this.#written !== this.#promised) throw this.#mismatch(this.#written);
  }

  #mismatch(bytes: number): Error {
    return nodeError(
      'ERR_HTTP_CONTENT_LENGTH_MISMATCH',
      `Response body's content-length of ${bytes} byte(s) does not match the content-length of ${this.#promised} byte(s) set in header`,
    );
  }
}
