/** What both dissectors say of one direction of a connection, in one form, so that it can be compared. */
export type Reading = HttpReading | FrameReading | OtherReading;

export interface HttpReading {
  kind: 'request' | 'response';
  startLine: string;
  /** `Name: value`, in order. */
  headers: string[];
  /** Sizes of the chunks, the last one of 0 included; null without chunks. */
  chunks: number[] | null;
  /** Hex, after chunks are joined; empty without a body. */
  body: string;
}

export interface FrameReading {
  kind: 'frame';
  fin: boolean;
  rsv: number;
  opcode: number;
  /** Hex; null on an unmasked frame. */
  maskingKey: string | null;
  length: number;
  /** Unmasked, hex; as it crossed, that is deflated where it was. */
  payload: string;
}

/** Bytes no dissector knows, and messages that are not complete. */
export interface OtherReading {
  kind: 'other';
  what: string;
}
