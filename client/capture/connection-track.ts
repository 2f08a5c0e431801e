import type { Direction } from '#protocol/telemetry';
import type { Names, Positions } from './columns/interned.ts';
import { Exchanges, type Exchange } from './exchanges.ts';
import type { Entry } from './ledger.ts';
import type { Connection } from './run.ts';
import { Stream } from './stream/stream.ts';
import type { Subject } from './subject.ts';

/** What is known of one connection: mutable, and seen by `client/capture` only. */
export class ConnectionTrack {
  readonly id: number;
  readonly entry: Entry<Connection>;
  readonly streams: Record<Direction, Stream>;
  readonly exchanges = new Exchanges();
  /** The exchange that switched it to another protocol. */
  switching: Exchange | null = null;
  /** What was said when it was opened, until its first message is known. */
  opening: Subject | null = null;

  constructor(entry: Entry<Connection>, names: Names, positions: Positions) {
    this.id = entry.value.id;
    this.entry = entry;
    this.streams = {
      up: new Stream(this.id, 'up', names, positions),
      down: new Stream(this.id, 'down', names, positions),
    };
  }

  /** When everything under way was lost; Infinity while it may arrive. */
  get endedAt(): number {
    const { ended, silentSince } = this.entry.value;
    return Math.min(ended?.t ?? Infinity, silentSince ?? Infinity);
  }
}

export function opposite(direction: Direction): Direction {
  return direction === 'up' ? 'down' : 'up';
}
