/**
 * Cuts what a server writes into pieces that leave one after the other, so that its reader finds a border at any
 * byte: in a character, between two events, in the size of a chunk. Nothing is lost and nothing overtakes.
 */
import type { Conditions } from '../telemetry/protocol.ts';

interface Piece {
  bytes: Buffer;
  /** Whether it is on the record already, as a part of its write. */
  recorded: boolean;
}

export class Knife {
  readonly #conditions: () => Conditions;
  readonly #send: (piece: Piece) => void;
  /** Pieces, and moments that keep their place among them. */
  #waiting: (Piece | (() => void))[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(conditions: () => Conditions, send: (piece: Piece) => void) {
    this.#conditions = conditions;
    this.#send = send;
  }

  /** Whether what is put in now would be cut, or has to wait for what was. */
  get isAtWork(): boolean {
    return this.#conditions().splitBytes !== null || this.#timer !== undefined;
  }

  put(bytes: Buffer, recorded: boolean): void {
    const most = this.#conditions().splitBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += most) {
      this.#waiting.push({ bytes: bytes.subarray(at, at + most), recorded });
    }
    this.#go();
  }

  /** Calls `moment` once all that was put in has left. */
  afterAll(moment: () => void): void {
    this.#waiting.push(moment);
    this.#go();
  }

  /** The conditions are others now: what is in pieces leaves at once when there is no pause any more. */
  changed(): void {
    if (this.#timer === undefined || this.#conditions().splitBytes !== null) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#go();
  }

  /** Forgets what has not left. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #go(): void {
    while (this.#timer === undefined && this.#waiting.length > 0) {
      const next = this.#waiting.shift()!;
      if (typeof next === 'function') next();
      else {
        this.#send(next);
        this.#pause();
      }
    }
  }

  #pause(): void {
    const { splitBytes, splitPauseMs } = this.#conditions();
    if (splitBytes === null) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#go();
    }, splitPauseMs);
  }
}
