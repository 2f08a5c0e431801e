/**
 * What a room keeps: events in order, each with its number and its JSON, bounded in number and bytes.
 */
import { BATCH_EVENTS, KEPT_BYTES, KEPT_EVENTS } from './limits.ts';
import type { RoomEvent } from './protocol.ts';

/** An event that has its place. `json` is made once, whatever the number of receivers and techniques. */
export interface Published {
  /** From 1, without holes. */
  readonly sequence: number;
  /** `<epoch>-<sequence>`. */
  readonly id: string;
  readonly json: string;
}

/** A cursor of another epoch: whatever was missed is not known here. */
const UNKNOWN = -1;

export class History {
  /** Tells this room's numbers from those of an earlier start of the server. */
  readonly epoch: string;
  #kept: Published[] = [];
  #bytes = 0;
  #newest = 0;

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  get newest(): number {
    return this.#newest;
  }

  idOf(sequence: number): string {
    return `${this.epoch}-${sequence}`;
  }

  append(events: readonly Published[]): void {
    for (const event of events) {
      this.#kept.push(event);
      this.#bytes += event.json.length;
      this.#newest = event.sequence;
    }
    // In large steps: splice() moves the whole array each time.
    if (this.#kept.length > KEPT_EVENTS * 1.25 || this.#bytes > KEPT_BYTES * 1.25) this.#trim();
  }

  /** The number of a cursor: that before everything kept when there is none, `UNKNOWN` when it is of another epoch. */
  sequenceOf(cursor: string | undefined): number {
    if (cursor === undefined) return this.#firstKept - 1;
    const hyphen = cursor.lastIndexOf('-');
    const sequence = Number(cursor.slice(hyphen + 1));
    return cursor.slice(0, hyphen) === this.epoch && sequence <= this.#newest ? sequence : UNKNOWN;
  }

  /** The next events after number `after`, a batch at most; before them a gap when some are not kept. */
  read(after: number, now: number): readonly Published[] {
    if (after === this.#newest) return [];
    const missing = this.#firstKept - 1 - after;
    const events = this.#kept.slice(Math.max(0, -missing), Math.max(0, -missing) + BATCH_EVENTS);
    return missing > 0 ? [this.#gap(after === UNKNOWN ? null : missing, now), ...events] : events;
  }

  get #firstKept(): number {
    return this.#newest - this.#kept.length + 1;
  }

  #gap(lost: number | null, at: number): Published {
    const sequence = this.#firstKept - 1;
    const id = this.idOf(sequence);
    return { sequence, id, json: JSON.stringify({ type: 'gap', id, at, lost } satisfies RoomEvent) };
  }

  #trim(): void {
    let drop = 0;
    while (this.#kept.length - drop > KEPT_EVENTS || this.#bytes > KEPT_BYTES) {
      this.#bytes -= this.#kept[drop++]!.json.length;
    }
    this.#kept.splice(0, drop);
  }
}
