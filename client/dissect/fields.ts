/** Fields of one record, read from its bytes when somebody looks at it. */
import { Exchange } from './http1/exchange.ts';
import { Http1Reader } from './http1/reader.ts';
import type {
  ByteRange,
  ContentRecord,
  Field,
  HttpMessageRecord,
  OpaqueRecord,
  WireRecord,
} from './records.ts';
import { FieldCollector, type FieldMeaning } from './stream/field-collector.ts';
import { frameFields } from './websocket/frame-fields.ts';

/** What the bytes of a record mean besides what they are. All offsets count in the direction. */
export interface FieldContext {
  /** Of a chunk or a body: the message it is part of; `message` of the record is its index. */
  message: HttpMessageRecord | null;
  /** What the record carries; matters for frames only. */
  contents: readonly ContentRecord[];
  /** Bytes that were not recorded, in order. */
  unrecorded: readonly ByteRange[];
}

const NOTHING: FieldContext = { message: null, contents: [], unrecorded: [] };

/** From where bytes are needed to read the fields of a record: its start, or a chunk before it. */
export function fieldsFrom(record: WireRecord): number {
  return record.kind === 'chunk' ? record.contextFrom : record.start;
}

/**
 * The fields of a record: they cover it without hole or overlap, in offsets of the record.
 *
 * @param bytes From `fieldsFrom(record)` to `record.end`; anything where they were not recorded.
 */
export function fieldsOf(record: WireRecord, bytes: Uint8Array, context: FieldContext = NOTHING): Field[] {
  const from = fieldsFrom(record);
  if (record.kind === 'bytes') return whole(record, bytes, context.unrecorded, opaqueMeaning(record));
  if (record.kind === 'frame') return frameFields(record, bytes, context);
  const message = 'startLine' in record ? record : context.message;
  if (!message) return whole(record, bytes, context.unrecorded, { note: 'inspect:field.body' });
  const fields = new FieldCollector();
  const kind = message.kind;
  const begin = record === message ? 'head' : record.kind === 'chunk' ? 'body' : beginOfBody(message);
  const reader = new Http1Reader(kind, new Exchange(), { fields, offset: from, message, begin });
  feed(reader, bytes, from, context.unrecorded);
  reader.endRecord();
  return 'startLine' in record ? judged(fields.of(record.start), record) : fields.of(record.start);
}

/** RFC 6455 §4.2.2: whether the answer to the key is right is not seen in the message alone. */
function judged(fields: Field[], { expectedAccept, malformed }: HttpMessageRecord): Field[] {
  if (expectedAccept == null) return fields;
  const wrong = malformed.some(({ reason }) => reason === 'wsAccept');
  return fields.map((field) =>
    field.note === 'inspect:header.sec-websocket-accept'
      ? { ...field, ...acceptMeaning(wrong, expectedAccept) }
      : field,
  );
}

function acceptMeaning(wrong: boolean, expected: string): FieldMeaning {
  return wrong
    ? { note: 'inspect:value.sec-websocket-accept.wrong', params: { expected } }
    : { note: 'inspect:value.sec-websocket-accept.right' };
}

/** What is left of a body that could not be divided is not read as one. */
function beginOfBody({ body, complete }: HttpMessageRecord): 'body' | 'rest' {
  return body.framing === 'until-close' && complete ? 'body' : 'rest';
}

function feed(
  reader: Http1Reader,
  bytes: Uint8Array,
  offset: number,
  unrecorded: readonly ByteRange[],
): void {
  const end = offset + bytes.length;
  let at = offset;
  for (const range of unrecorded) {
    const start = Math.max(at, range.start);
    const stop = Math.min(end, range.end);
    if (stop <= start) continue;
    if (start > at) reader.push(bytes.subarray(at - offset, start - offset));
    reader.gap(stop - start);
    at = stop;
  }
  if (at < end) reader.push(bytes.subarray(at - offset));
}

function whole(
  record: WireRecord,
  bytes: Uint8Array,
  unrecorded: readonly ByteRange[],
  meaning: FieldMeaning,
): Field[] {
  const fields = new FieldCollector();
  fields.open(record.start);
  const role = record.kind === 'bytes' && record.because === 'undecided' ? 'meta' : 'data';
  const missing = unrecorded.find(({ start, end }) => end > record.start && start < record.end);
  const known = missing ? Math.max(0, missing.start - record.start) : bytes.length;
  fields.addRun(role, record.start, record.start + known, bytes.subarray(0, known), meaning);
  if (missing) fields.addRun(role, record.start + known, record.end, null, meaning);
  return fields.of(record.start);
}

function opaqueMeaning({ because, switchedTo = '?' }: OpaqueRecord): FieldMeaning {
  if (because === 'switched')
    return { note: 'inspect:field.otherProtocol', params: { protocol: switchedTo } };
  return { note: `inspect:field.${OPAQUE[because]}` };
}

const OPAQUE = { undecided: 'partial', 'not-http': 'notHttp', tunnel: 'tunnel', lost: 'lost' } as const;
