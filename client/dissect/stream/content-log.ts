import { cut } from '../content-text.ts';
import { CONTENT_TEXT } from '../limits.ts';
import { addRange } from '../ranges.ts';
import type { ContentRecord } from '../records.ts';

/** A content that is new or changed. */
export interface ContentChange {
  /** Place among the contents of its direction, from 0. */
  index: number;
  content: ContentRecord;
}

/** One that is told anew when it has changed. */
interface Changing {
  take(): ContentChange;
}

type Text = Extract<ContentRecord, { text: string }>;

/** The contents of one direction. Any number of them can still be growing. */
export class ContentLog {
  #length = 0;
  #changes: (ContentChange | Changing)[] = [];
  readonly #onChange = (changed: Changing) => void this.#changes.push(changed);
  readonly #texts = new WaitingTexts();

  /** Begins a content; it is told as changed until it is finished. */
  open<Kind extends ContentRecord>(content: Kind): Growing<Kind> {
    const growing = new Growing<Kind>(this.#length++, content, this.#onChange);
    growing.touch();
    return growing;
  }

  /** Adds a content that is complete. */
  add(content: ContentRecord): void {
    this.#changes.push({ index: this.#length++, content });
  }

  /** The same of one whose text is ASCII, and gets it with all others of its kind. */
  addAscii(content: Text, bytes: Uint8Array): void {
    this.#texts.add(content, bytes);
    this.add(content);
  }

  /** What changed since the last call, each once. The contents are never changed after this. */
  takeChanges(): ContentChange[] {
    this.#texts.read();
    const changes = this.#changes.map((change) => ('take' in change ? change.take() : change));
    this.#changes = [];
    return changes;
  }
}

const ASCII = new TextDecoder('latin1');
const KEPT_ROOM = 65_536;

/** Texts that are read all at once: a call of the decoder takes as long for one as for a hundred. */
class WaitingTexts {
  #contents: Text[] = [];
  #ends: number[] = [];
  #bytes = new Uint8Array(1024);
  #length = 0;

  add(content: Text, bytes: Uint8Array): void {
    const end = this.#length + Math.min(bytes.length, CONTENT_TEXT + 1);
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(end * 2);
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes.length > CONTENT_TEXT ? bytes.subarray(0, CONTENT_TEXT + 1) : bytes, this.#length);
    this.#contents.push(content);
    this.#ends.push((this.#length = end));
  }

  read(): void {
    if (this.#length === 0) return;
    const all = ASCII.decode(this.#bytes.subarray(0, this.#length));
    let from = 0;
    this.#contents.forEach((content, at) => {
      const end = this.#ends[at]!;
      content.text = cut(all.slice(from, end));
      from = end;
    });
    this.#contents = [];
    this.#ends = [];
    if (this.#bytes.length > KEPT_ROOM) this.#bytes = new Uint8Array(1024);
    this.#length = 0;
  }
}

/** One content, by whoever reads it. */
export class Growing<Kind extends ContentRecord> {
  readonly index: number;
  readonly content: Kind;
  readonly #onChange: (changed: Changing) => void;
  #changed = false;
  #finished = false;

  constructor(index: number, content: Kind, onChange: (changed: Changing) => void) {
    this.index = index;
    this.content = content;
    this.#onChange = onChange;
  }

  touch(): void {
    if (this.#changed) return;
    this.#changed = true;
    this.#onChange(this);
  }

  /** These bytes are part of it, too. */
  cover(start: number, end: number): void {
    if (end === start) return;
    addRange(this.content.ranges, start, end);
    this.touch();
  }

  /** Nothing will be added to it. */
  finish(complete: boolean): void {
    this.content.complete = complete;
    this.#finished = true;
    this.touch();
  }

  take(): ContentChange {
    this.#changed = false;
    const { index, content } = this;
    if (this.#finished) return { index, content };
    return { index, content: { ...content, ranges: content.ranges.map((range) => ({ ...range })) } };
  }
}
