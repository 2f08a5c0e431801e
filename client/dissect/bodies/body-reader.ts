/** Finds in a body what is carried by it; one per body. Offsets count in the direction. */
export interface BodyReader {
  /**
   * The next bytes of the body.
   *
   * @returns By how many bytes the record has more of the role data now; fewer than before when bytes
   * proved to be something else.
   */
  read(bytes: Uint8Array, offset: number): number;
  /** Bytes of the body passed that were not recorded. All of them count as data. */
  gap(offset: number, length: number): void;
  /** A record ends here, or a gap begins: what its bytes are is not decided any later. The body may go on. */
  endRecord(): void;
  /** The body ends; `complete` when it ends where it should. */
  end(complete: boolean): void;
  /** Does the next byte begin something new, whatever came before it? */
  readonly isFresh: boolean;
}
