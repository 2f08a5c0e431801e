/**
 * What a dissector says about bytes: records, in the terms of the RFCs. Pure data.
 *
 * All offsets named `start` and `end` count bytes in one direction of one connection (`end` is
 * exclusive); offsets of fields count from the start of their record.
 */

/** The six roles a byte can have, in every protocol (DESIGN.md §1). */
export type Role = 'kind' | 'length' | 'meta' | 'key' | 'data' | 'edge';

/**
 * A run of bytes with one meaning. The fields of a record cover it without hole or overlap. Records do
 * not carry them: `fieldsOf` reads them from the bytes when they are asked for.
 */
export interface Field {
  start: number;
  end: number;
  role: Role;
  /** Short name as shown: the bytes themselves (escaped) when they are short text. */
  name: string;
  /** i18n key of the one-line meaning, e.g. `inspect:field.requestTarget` or `inspect:header.accept`. */
  note: string;
  /** Values for the text behind `note`. */
  params?: Record<string, string | number>;
}

/** Bytes that break the grammar: data, not an exception. Reading goes on after them. */
export interface Malformed {
  /** Offset in the record; its length when what should follow is missing. */
  offset: number;
  /** i18n key suffix under `inspect:malformed.`; `clauseOf` names the rule that is broken. */
  reason: string;
}

/** What every record has. The records of one direction cover its bytes without hole or overlap. */
interface Stretch {
  start: number;
  /** Where the bytes seen so far end; final once `complete`. */
  end: number;
  complete: boolean;
  /** How many of its bytes have the role Data. */
  data: number;
  malformed: Malformed[];
}

/**
 * RFC 9112 §2.1: one HTTP/1.1 message. With Content-Length, head and body; chunked or until the
 * connection closes, its head only: what follows are `ChunkRecord`s or one `BodyRecord`.
 */
export interface HttpMessageRecord extends Stretch {
  protocol: 'http1';
  kind: 'request' | 'response';
  startLine:
    { method: string; target: string; version: string } | { status: number; reason: string; version: string };
  /** In order, names as sent. */
  headers: { name: string; value: string }[];
  /** How the body's end is found (RFC 9112 §6.3). */
  body:
    | { framing: 'none' }
    | { framing: 'content-length'; length: number }
    | { framing: 'chunked' }
    | { framing: 'until-close' };
  /** Offset in the record where the body begins: the head's length in bytes. */
  bodyStart: number;
  /**
   * Of a 101 to WebSocket: `Sec-WebSocket-Accept` as it follows from the request's key (RFC 6455 §4.2.2);
   * null when the key is not known. What was sent instead of it is malformed (`wsAccept`).
   */
  expectedAccept?: string | null;
}

/** RFC 9112 §7.1: one chunk, from its size line to the CRLF behind its data; the last one with the trailer section. */
export interface ChunkRecord extends Stretch {
  protocol: 'http1';
  kind: 'chunk';
  /** Index of its message's record in this direction. */
  message: number;
  /** Bytes of chunk data. */
  size: number;
  /** Chunk extensions as sent, without the first `;`; empty without any. */
  extensions: string;
  /** The chunk of size 0 that ends the body. */
  last: boolean;
  /**
   * `start` of the chunk from which the body has to be read to know what the bytes of this one mean: its
   * own, unless an event, a call or a script goes on across its border.
   */
  contextFrom: number;
}

/** A body that ends with the connection (RFC 9112 §6.3, rule 8), or what is left of one that cannot be divided. */
export interface BodyRecord extends Stretch {
  protocol: 'http1';
  kind: 'body';
  /** Index of its message's record in this direction. */
  message: number;
}

/** RFC 6455 §5.2: one frame. */
export interface FrameRecord extends Stretch {
  protocol: 'websocket';
  kind: 'frame';
  fin: boolean;
  /** RSV1, RSV2, RSV3 as the bits 4, 2, 1. */
  rsv: number;
  opcode: number;
  /** The masking key as four bytes, first byte highest; null on an unmasked frame. */
  maskingKey: number | null;
  /** Bytes of payload as the header tells. */
  payloadLength: number;
  /** Bytes of the header: 2 to 14. */
  headerLength: number;
  /**
   * Of a pong: index, in the other direction, of the record of the ping with the same payload. Of a Close:
   * that of the Close it answers. Null when there is none, and for all other frames.
   */
  answers: number | null;
}

/** Bytes no dissector claims, or not yet: it may still become a record of another kind, at the same index. */
export interface OpaqueRecord extends Stretch {
  protocol: 'opaque';
  kind: 'bytes';
  /**
   * `undecided`: too few bytes to tell. `not-http`: no message begins so. `switched`: the protocol after a
   * 101 is not WebSocket. `tunnel`: CONNECT was granted. `lost`: bytes before it were not recorded, and
   * with them the place where the next message or frame begins.
   */
  because: 'undecided' | 'not-http' | 'switched' | 'tunnel' | 'lost';
  /** With `switched`: the protocol as the 101 names it. */
  switchedTo?: string;
}

export type WireRecord = HttpMessageRecord | ChunkRecord | BodyRecord | FrameRecord | OpaqueRecord;

/** Head of an HTTP message, and its body when Content-Length frames it. */
export function isHttpMessage(record: WireRecord): record is HttpMessageRecord {
  return record.kind === 'request' || record.kind === 'response';
}

/** A run of bytes of one direction. */
export interface ByteRange {
  start: number;
  end: number;
}

interface Carried {
  /** Where its bytes lie, in order: more than one range when it goes across chunks or frames. */
  ranges: ByteRange[];
  /** False while more of it may come, and for ever when the stream ended inside it. */
  complete: boolean;
}

/** HTML §9.2: one block of an event stream. */
export interface SseEventContent extends Carried {
  kind: 'sse-event';
  /** True when the blank line dispatches it; a block without `data`, and the unterminated last one, are not. */
  dispatched: boolean;
  /** `message` where no `event` field names it. */
  event: string;
  /** Cut at `limits.CONTENT_TEXT` characters, with `…`. */
  data: string;
  /** As `lastEventId` will be for this event. */
  lastEventId: string;
  /** ms, when the block sets it. */
  retry: number | null;
}

/** A call in a script that the page is made to run: JSONP, or one `<script>` of a forever frame. */
export interface ScriptCallContent extends Carried {
  kind: 'script-call';
  /** As written: `callback`, `parent._jp.a1.message`. */
  callee: string;
  /** Source text of the arguments, without the parentheses; cut at `limits.CONTENT_TEXT` characters, with `…`. */
  payload: string;
  inHtml: boolean;
}

/** RFC 6455 §5.6: one message, of one frame or more. */
export interface WebSocketMessageContent extends Carried {
  kind: 'websocket-message';
  opcode: number;
  frames: number;
  /** Payload as it crossed, bytes. */
  size: number;
  /**
   * RFC 7692: payload after inflation, bytes; null when it was not compressed. A compressed message is
   * inflated when it is complete; what cannot be inflated is noted as malformed in its last frame.
   */
  inflatedSize: number | null;
  /**
   * Payload, unmasked and inflated, as text or, for binary, as hex; cut at `limits.CONTENT_TEXT`
   * characters, with `…`. Of a ping or pong the payload as text, of a Close the reason.
   */
  text: string;
  /** Close frames: the status code; null without one. */
  closeCode: number | null;
}

/** What bodies and frames carry, laid over the records: its borders need not be theirs. */
export type ContentRecord = SseEventContent | ScriptCallContent | WebSocketMessageContent;
