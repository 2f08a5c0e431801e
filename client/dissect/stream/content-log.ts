import { addRange } from '../ranges.ts';
import type { ContentRecord } from '../records.ts';

/** A content that is new or changed. */
export interface ContentChange {
  /** Place among the contents of its direction, from 0. */
  index: number;
  content: ContentRecord;
}

/** The contents of one direction. Any number of them can still be growing. */
export class ContentLog {
  #length = 0;
  #changes: { take(): ContentChange }[] = [];
  readonly #onChange = (changed: { take(): ContentChange }) => void this.#changes.push(changed);

  /** Begins a content; it is told as changed until it is finished. */
  open<Kind extends ContentRecord>(content: Kind): Growing<Kind> {
    const growing = new Growing<Kind>(this.#length++, content, this.#onChange);
    growing.touch();
    return growing;
  }

  /** Adds a content that is complete. */
  add(content: ContentRecord): void {
    const change = { index: this.#length++, content };
    this.#changes.push({ take: () => change });
  }

  /** What changed since the last call, each once. The contents are never changed after this. */
  takeChanges(): ContentChange[] {
    const changes = this.#changes.map((growing) => growing.take());
    this.#changes = [];
    return changes;
  }
}

/** One content, by whoever reads it. */
export class Growing<Kind extends ContentRecord> {
  readonly index: number;
  readonly content: Kind;
  readonly #onChange: (changed: { take(): ContentChange }) => void;
  #changed = false;
  #finished = false;

  constructor(index: number, content: Kind, onChange: (changed: { take(): ContentChange }) => void) {
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
