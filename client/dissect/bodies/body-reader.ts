/** Finds in a body what is carried by it; one per body. Offsets count in the direction. */
export interface BodyReader {
  /**
   * The next bytes of the body.
   *
   * @returns How many of them have the role data.
   */
  read(bytes: Uint8Array, offset: number): number;
  /** Bytes of the body passed that were not recorded. All of them count as data. */
  gap(offset: number, length: number): void;
  /** The body ends; `complete` when it ends where it should. */
  end(complete: boolean): void;
  /** Does the next byte begin something new, whatever came before it? */
  readonly isFresh: boolean;
}
