import { addRange } from '../ranges.ts';
import type { ByteRange } from '../records.ts';
import type { ContentLog } from '../stream/content-log.ts';
import type { FieldCollector, FieldMeaning } from '../stream/field-collector.ts';
import { latin1Bytes } from '../text.ts';
import type { BodyReader } from './body-reader.ts';
import { RoleRuns } from './role-runs.ts';
import { ScriptScanner, type ScriptCall } from './script-scanner.ts';

const LESS = 0x3c;
const GREATER = 0x3e;
const DASH = 0x2d;

const MARKUP: FieldMeaning = { note: 'inspect:script.markup' };
const TAG: FieldMeaning = { note: 'inspect:script.tag' };
const END_TAG: FieldMeaning = { note: 'inspect:script.endTag' };

const START = '<script';
const COMMENT = '<!--';
const END = '</script';

/** `opening`: a `<` and what may become `<script`. `tag`: up to its `>`. `closing`: what may become `</script`. */
type State = 'markup' | 'comment' | 'opening' | 'tag' | 'script' | 'closing' | 'end-tag';

/**
 * HTML that arrives bit by bit, as a forever frame has it: finds the calls in its scripts (HTML §13.2.5,
 * as much of it as tells scripts from the rest).
 */
export class HtmlStreamReader implements BodyReader {
  readonly #contents: ContentLog;
  readonly #runs: RoleRuns;
  #state: State = 'markup';
  /** What was read since the `<` that may begin a tag, and where. */
  #word = '';
  #pieces: ByteRange[] = [];
  /** The quote around the value in the tag; 0 outside. */
  #quote = 0;
  #dashes = 0;
  #tag: ByteRange[] = [];
  #scanner: ScriptScanner | null = null;
  #calls: ScriptCall[] = [];

  constructor(contents: ContentLog, fields: FieldCollector | null) {
    this.#contents = contents;
    this.#runs = new RoleRuns(fields);
  }

  get isFresh(): boolean {
    return this.#state === 'markup';
  }

  read(bytes: Uint8Array, offset: number): number {
    for (let at = 0; at < bytes.length;) at = this.#step(bytes, at, offset);
    return this.#runs.take();
  }

  gap(): void {
    this.#leaveScript();
  }

  endRecord(): void {
    if (this.#state === 'script') this.#scanner!.endRecord();
    else this.#runs.settle('data', MARKUP);
  }

  end(): void {
    this.#leaveScript();
  }

  /** Reads on from `from`; returns how far. */
  #step(bytes: Uint8Array, from: number, offset: number): number {
    switch (this.#state) {
      case 'markup': {
        const to = indexOrEnd(bytes, LESS, from);
        this.#runs.add('data', bytes, from, to, offset, MARKUP);
        if (to < bytes.length) this.#begin('opening');
        return to;
      }
      case 'script': {
        const to = indexOrEnd(bytes, LESS, from);
        this.#scanner!.read(bytes, from, to, offset);
        if (to < bytes.length) this.#begin('closing');
        return to;
      }
      case 'comment':
        return this.#readComment(bytes, from, offset);
      case 'opening':
      case 'closing':
        return this.#readWord(bytes, from, offset);
      case 'tag':
      case 'end-tag':
        return this.#readTag(bytes, from, offset);
    }
  }

  #begin(state: 'opening' | 'closing'): void {
    if (state === 'closing') this.#scanner!.endRecord();
    this.#state = state;
    this.#word = '';
    this.#pieces = [];
  }

  /** Reads one byte of what may be a tag. */
  #readWord(bytes: Uint8Array, at: number, offset: number): number {
    const isOpening = this.#state === 'opening';
    const word = this.#word + String.fromCharCode(bytes[at]!).toLowerCase();
    const targets = isOpening ? [START, COMMENT] : [END];
    if (targets.includes(this.#word) && endsName(bytes[at]!)) {
      this.#runs.settle('edge', isOpening ? TAG : END_TAG);
      this.#state = isOpening ? 'tag' : 'end-tag';
      this.#quote = 0;
      return at;
    }
    if (!targets.some((target) => target.startsWith(word))) {
      this.#runs.settle('data', MARKUP);
      if (!isOpening) this.#scanner!.pass(latin1Bytes(this.#word), this.#pieces);
      this.#state = isOpening ? 'markup' : 'script';
      return at;
    }
    this.#runs.hold(bytes, at, at + 1, offset);
    addRange(this.#pieces, offset + at, offset + at + 1);
    this.#word = word;
    if (word === COMMENT) {
      this.#runs.settle('data', MARKUP);
      this.#state = 'comment';
      this.#dashes = 0;
    }
    return at + 1;
  }

  /** Reads to the `>` that ends the tag. */
  #readTag(bytes: Uint8Array, from: number, offset: number): number {
    const isEnd = this.#state === 'end-tag';
    let at = from;
    while (at < bytes.length && (this.#quote !== 0 || bytes[at] !== GREATER)) {
      const byte = bytes[at++]!;
      if (this.#quote !== 0) this.#quote = byte === this.#quote ? 0 : this.#quote;
      else if (byte === 0x22 || byte === 0x27) this.#quote = byte;
    }
    const isDone = at < bytes.length;
    if (isDone) at++;
    this.#runs.add('edge', bytes, from, at, offset, isEnd ? END_TAG : TAG);
    addRange(this.#pieces, offset + from, offset + at);
    if (!isDone) return at;
    if (isEnd) this.#endScript();
    else {
      this.#tag = this.#pieces;
      this.#calls = [];
      this.#scanner = new ScriptScanner(this.#runs, (call) => this.#calls.push(call));
      this.#state = 'script';
    }
    return at;
  }

  #readComment(bytes: Uint8Array, from: number, offset: number): number {
    let at = from;
    while (at < bytes.length && this.#state === 'comment') {
      const byte = bytes[at++];
      if (byte === GREATER && this.#dashes >= 2) this.#state = 'markup';
      this.#dashes = byte === DASH ? this.#dashes + 1 : 0;
    }
    this.#runs.add('data', bytes, from, at, offset, MARKUP);
    return at;
  }

  /** The script runs now, and makes its calls. */
  #endScript(): void {
    this.#scanner!.end();
    this.#calls.forEach((call, index) => {
      const ranges: ByteRange[] = [];
      const pieces = [...(index === 0 ? this.#tag : []), ...call.ranges, ...this.#pieces];
      for (const { start, end } of pieces) addRange(ranges, start, end);
      this.#contents
        .open({ kind: 'script-call', complete: true, inHtml: true, ...call, ranges })
        .finish(true);
    });
    this.#leaveScript();
  }

  #leaveScript(): void {
    this.#runs.settle('data', MARKUP);
    this.#scanner = null;
    this.#calls = [];
    this.#state = 'markup';
  }
}

/** HTML §13.2.5.6: what ends the name of a tag. */
function endsName(byte: number): boolean {
  return (
    byte === GREATER || byte === 0x2f || byte === 0x20 || (byte >= 0x09 && byte <= 0x0d && byte !== 0x0b)
  );
}

function indexOrEnd(bytes: Uint8Array, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from);
  return index < 0 ? bytes.length : index;
}
