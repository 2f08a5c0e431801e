import { cut, KeptBytes, textOf } from '../content-text.ts';
import { CONTENT_TEXT } from '../limits.ts';
import { addRange } from '../ranges.ts';
import type { ByteRange, SseEventContent } from '../records.ts';
import type { ContentLog, Growing } from '../stream/content-log.ts';
import type { FieldCollector, FieldMeaning } from '../stream/field-collector.ts';
import { latin1 } from '../text.ts';
import type { BodyReader } from './body-reader.ts';
import { RoleRuns } from './role-runs.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const BOM = [0xef, 0xbb, 0xbf];

/** Bytes of a field's name that are kept: one more than the longest that means something. */
const NAME_BYTES = 6;

type FieldName = 'data' | 'event' | 'id' | 'retry' | 'comment' | 'unknown';

const note = (key: string): FieldMeaning => ({ note: `inspect:sse.${key}` });
const NAMES: Record<FieldName, FieldMeaning> = {
  data: note('data'),
  event: note('event'),
  id: note('id'),
  retry: note('retry'),
  comment: note('comment'),
  unknown: note('unknown'),
};
const VALUES: Record<FieldName, FieldMeaning> = {
  data: note('dataValue'),
  event: note('eventValue'),
  id: note('idValue'),
  retry: note('retryValue'),
  comment: NAMES.comment,
  unknown: note('unknownValue'),
};
const MARK = note('bom');
const PARTIAL_NAME = note('partialName');
const LINE_END: FieldMeaning = { note: 'inspect:field.lineEnd' };
const DISPATCHED = note('dispatched');
const NOT_DISPATCHED = note('notDispatched');
const LOST = note('lost');

/** HTML §9.2.5, §9.2.6: the body of an event stream, line by line. */
export class EventStreamReader implements BodyReader {
  readonly #contents: ContentLog;
  readonly #runs: RoleRuns;
  /** Bytes of the mark that were seen at the beginning; -1 once it is known whether there is one. */
  #mark: number;
  #markRanges: ByteRange[] = [];
  #phase: 'name' | 'space' | 'value' = 'name';
  #name = '';
  #field: FieldName = 'unknown';
  /** Of a value that goes over several pieces: what was there before this one. */
  #before: KeptBytes | null = null;
  /** Bytes of the line, its end not counted. */
  #lineLength = 0;
  #afterCr = false;
  /** The block that is being read, or has just ended with a CR that an LF may belong to. */
  #block: Growing<SseEventContent> | null = null;
  #blockEnded = false;
  #lastEventId: string;
  #data = '';
  #hasData = false;
  #eventType = '';
  /** Bytes are missing: the next blank line is awaited, `lineStart` when a line end was the last thing. */
  #lost: { lineStart: boolean } | null = null;

  /**
   * @param lastEventId What the request said: Chromium and Firefox go on from it.
   * @param isStart False when reading begins somewhere inside the body.
   */
  constructor(contents: ContentLog, fields: FieldCollector | null, lastEventId: string, isStart: boolean) {
    this.#contents = contents;
    this.#runs = new RoleRuns(fields);
    this.#lastEventId = lastEventId;
    this.#mark = isStart ? 0 : -1;
  }

  get isFresh(): boolean {
    return !this.#block && !this.#lost && !this.#afterCr && this.#lineLength === 0 && this.#mark <= 0;
  }

  read(bytes: Uint8Array, offset: number): number {
    let at = this.#mark >= 0 ? this.#readMark(bytes, offset) : 0;
    /** Where in this piece the present block begins. */
    let blockFrom = at;
    while (at < bytes.length) {
      if (this.#lost) {
        at = this.#readLost(bytes, at, offset);
        blockFrom = at;
        continue;
      }
      if (this.#afterCr) {
        this.#afterCr = false;
        const isEnd = bytes[at] === LF;
        if (isEnd) this.#runs.add('edge', bytes, at, ++at, offset, this.#lastEnd);
        if (this.#blockEnded) {
          this.#closeBlock(offset + blockFrom, offset + at);
        }
        if (!this.#block) blockFrom = at;
        if (isEnd) continue;
      }
      let end = at;
      while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
      if (!this.#block && (end > at || this.#lineLength > 0)) this.#openBlock();
      this.#readLine(bytes, at, end, offset);
      if (end === bytes.length) break;
      this.#endLine(bytes, at, end, offset);
      at = end + 1;
      this.#afterCr = bytes[end] === CR;
      if (this.#blockEnded && !this.#afterCr) {
        this.#closeBlock(offset + blockFrom, offset + at);
        blockFrom = at;
      }
      if (!this.#block) blockFrom = at;
    }
    this.#leavePiece(bytes, offset);
    this.#block?.cover(offset + blockFrom, offset + bytes.length);
    return this.#runs.take();
  }

  gap(): void {
    this.#abandon();
    this.#lost = { lineStart: false };
    this.#mark = -1;
  }

  endRecord(): void {
    // What a line is was said by its first bytes; nothing waits to be decided.
  }

  end(): void {
    if (this.#blockEnded) this.#block?.finish(true);
    else this.#abandon();
    this.#block = null;
  }

  /** §9.2.5: one byte order mark at the beginning is not part of the first line. */
  #readMark(bytes: Uint8Array, offset: number): number {
    let at = 0;
    const seen = this.#mark;
    while (at < bytes.length && seen + at < BOM.length && bytes[at] === BOM[seen + at]) at++;
    if (seen + at === BOM.length) {
      this.#runs.add('meta', bytes, 0, at, offset, MARK);
      this.#mark = -1;
      this.#lineLength = 0;
      this.#name = '';
      return at;
    }
    if (at === bytes.length) {
      this.#runs.add('meta', bytes, 0, at, offset, PARTIAL_NAME);
      addRange(this.#markRanges, offset, offset + at);
      this.#mark += at;
      return at;
    }
    // It only looked like one: what was seen of it belongs to the first line.
    this.#lineLength = seen;
    this.#name = latin1(Uint8Array.from(BOM.slice(0, seen)));
    this.#mark = -1;
    if (seen > 0) this.#openBlock();
    for (const { start, end } of this.#markRanges) this.#block?.cover(start, end);
    return 0;
  }

  /** Reads the bytes [from, to) of a line. */
  #readLine(bytes: Uint8Array, from: number, to: number, offset: number): void {
    this.#lineLength += to - from;
    let at = from;
    if (this.#phase === 'name') {
      while (at < to && bytes[at] !== COLON) at++;
      for (let of = from; of < at && this.#name.length < NAME_BYTES; of++) {
        this.#name += String.fromCharCode(bytes[of]!);
      }
      if (at === to) {
        this.#nameFrom = from;
        return;
      }
      at++;
      this.#field = this.#name === '' ? 'comment' : fieldOf(this.#name);
      this.#phase = this.#field === 'comment' ? 'value' : 'space';
    }
    if (this.#phase === 'space' && at < to) {
      if (bytes[at] === SPACE) at++;
      this.#phase = 'value';
    }
    this.#runs.add(this.#field === 'comment' ? 'meta' : 'kind', bytes, from, at, offset, NAMES[this.#field]);
    this.#runs.add(this.#field === 'data' ? 'data' : 'meta', bytes, at, to, offset, VALUES[this.#field]);
    this.#valueFrom = at;
  }

  #nameFrom = -1;
  #valueFrom = 0;
  #lastEnd: FieldMeaning = LINE_END;

  /** The line ends at `to`; what of it lies in this piece begins at `from`. */
  #endLine(bytes: Uint8Array, from: number, to: number, offset: number): void {
    const isBlank = this.#lineLength === 0;
    if (this.#phase === 'name' && !isBlank) {
      this.#field = fieldOf(this.#name);
      this.#runs.add('kind', bytes, from, to, offset, NAMES[this.#field]);
      this.#valueFrom = to;
    }
    this.#nameFrom = -1;
    this.#lastEnd = isBlank ? (this.#hasData ? DISPATCHED : NOT_DISPATCHED) : LINE_END;
    if (isBlank) this.#endBlock();
    else this.#takeValue(bytes.subarray(this.#valueFrom, to));
    this.#runs.add('edge', bytes, to, to + 1, offset, this.#lastEnd);
    this.#phase = 'name';
    this.#name = '';
    this.#lineLength = 0;
    this.#before = null;
  }

  /** Keeps of an unfinished line what will be needed when it ends. */
  #leavePiece(bytes: Uint8Array, offset: number): void {
    if (this.#nameFrom >= 0)
      this.#runs.add('meta', bytes, this.#nameFrom, bytes.length, offset, PARTIAL_NAME);
    this.#nameFrom = -1;
    if (this.#phase !== 'name' && this.#lineLength > 0 && !this.#lost) {
      this.#before ??= new KeptBytes();
      this.#before.push(bytes.subarray(this.#valueFrom));
    }
    this.#valueFrom = 0;
  }

  #takeValue(piece: Uint8Array): void {
    if (this.#field === 'comment' || this.#field === 'unknown') return;
    this.#before?.push(piece);
    const bytes = this.#before?.view ?? piece;
    const { content } = this.#block!;
    if (this.#field === 'data') {
      // More than will be shown is not joined.
      if (this.#data.length <= CONTENT_TEXT) {
        this.#data = this.#hasData ? `${this.#data}\n${textOf(bytes)}` : textOf(bytes);
      }
      this.#hasData = true;
      content.data = cut(this.#data);
    } else if (this.#field === 'event') {
      this.#eventType = textOf(bytes);
      content.event = this.#eventType === '' ? 'message' : this.#eventType;
    } else if (this.#field === 'id') {
      if (!bytes.includes(0)) content.lastEventId = this.#lastEventId = textOf(bytes);
    } else {
      const text = latin1(bytes);
      if (/^[0-9]+$/.test(text)) content.retry = Number(text);
    }
    this.#block!.touch();
  }

  #openBlock(): void {
    this.#block = this.#contents.open<SseEventContent>({
      kind: 'sse-event',
      ranges: [],
      complete: false,
      dispatched: false,
      event: 'message',
      data: '',
      lastEventId: this.#lastEventId,
      retry: null,
    });
  }

  /** A blank line: the block is complete, only the last byte of its line end may still be missing. */
  #endBlock(): void {
    if (!this.#block) return;
    this.#block.content.dispatched = this.#hasData;
    this.#block.content.complete = true;
    this.#block.touch();
    this.#blockEnded = true;
    this.#data = this.#eventType = '';
    this.#hasData = false;
  }

  #closeBlock(from: number, to: number): void {
    this.#block!.cover(from, to);
    this.#block!.finish(true);
    this.#block = null;
    this.#blockEnded = false;
  }

  #abandon(): void {
    this.#block?.finish(this.#blockEnded);
    this.#block = null;
    this.#blockEnded = this.#hasData = this.#afterCr = false;
    this.#phase = 'name';
    this.#name = this.#data = '';
    this.#lineLength = 0;
    this.#before = null;
  }

  /** Passes over what cannot be understood without what is missing, up to the end of a blank line. */
  #readLost(bytes: Uint8Array, from: number, offset: number): number {
    const lost = this.#lost!;
    let at = from;
    while (at < bytes.length && this.#lost) {
      const byte = bytes[at++];
      if (byte === LF && this.#afterCr) this.#afterCr = false;
      else if (byte === LF || byte === CR) {
        if (lost.lineStart) this.#lost = null;
        lost.lineStart = true;
        this.#afterCr = byte === CR;
      } else lost.lineStart = this.#afterCr = false;
    }
    this.#runs.add('data', bytes, from, at, offset, LOST);
    this.#lastEnd = NOT_DISPATCHED;
    return at;
  }
}

function fieldOf(name: string): FieldName {
  return name === 'data' || name === 'event' || name === 'id' || name === 'retry' ? name : 'unknown';
}
