import type { FieldMeaning } from './data-run.ts';

/**
 * What one direction of a connection has to know of the other: a response is framed by the method
 * it answers, and a protocol switch is asked for in one direction and granted in the other.
 */
export class Exchange {
  #methods: string[] = [];
  #answered = 0;
  #inStep = true;
  #switchedTo: FieldMeaning | null = null;

  /** A request line was read. Returns the request's place on the connection, from 0. */
  requested(method: string): number {
    return this.#methods.push(method) - 1;
  }

  /** The method that the next final response answers; undefined when it cannot be known. */
  get methodToAnswer(): string | undefined {
    return this.#inStep ? this.#methods[this.#answered] : undefined;
  }

  /** A head of a response was read. Interim ones (1xx except 101) answer nothing yet (RFC 9110 §15.2). */
  answered(status: number): void {
    if (status === 101 || status < 100 || status >= 200) this.#answered++;
  }

  hasAnswered(request: number): boolean {
    return this.#answered > request;
  }

  /** Bytes are missing, so that requests and responses can no longer be counted against each other. */
  loseStep(): void {
    this.#inStep = false;
  }

  get inStep(): boolean {
    return this.#inStep;
  }

  /** From here on the connection speaks another protocol, in both directions. */
  switchTo(meaning: FieldMeaning): void {
    this.#switchedTo = meaning;
  }

  /** What the bytes after the switch mean; null before it. */
  get switchedTo(): FieldMeaning | null {
    return this.#switchedTo;
  }
}
