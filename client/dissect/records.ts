/**
 * What a dissector says about bytes: records, in the terms of the RFCs. Pure data.
 *
 * All offsets named `start` and `end` count bytes in one direction of one connection (`end` is
 * exclusive); offsets of fields count from the start of their record.
 */

/** The six roles a byte can have, in every protocol (DESIGN.md §1). */
export type Role = 'kind' | 'length' | 'meta' | 'key' | 'data' | 'edge';

/** A run of bytes with one meaning. The fields of a record cover it without hole or overlap. */
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
  /** Offset in the record. */
  offset: number;
  /** i18n key suffix under `inspect:malformed.`. */
  reason: string;
}

/** RFC 9112 §2.1: one HTTP/1.1 message. */
export interface HttpMessageRecord {
  protocol: 'http1';
  kind: 'request' | 'response';
  start: number;
  /** Where the bytes seen so far end; final once `complete`. */
  end: number;
  complete: boolean;
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
  fields: Field[];
  malformed: Malformed[];
}

/** Bytes no dissector claims: what follows a protocol switch, or what is not HTTP at all. */
export interface OpaqueRecord {
  protocol: 'opaque';
  kind: 'bytes';
  start: number;
  end: number;
  complete: boolean;
  fields: Field[];
  malformed: Malformed[];
}

export type WireRecord = HttpMessageRecord | OpaqueRecord;
