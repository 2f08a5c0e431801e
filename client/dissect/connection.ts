import { Exchange } from './exchange.ts';
import { Http1Reader } from './http1.ts';
import type { RecordChange } from './record-log.ts';
import type { WireRecord } from './records.ts';

/** Seen from the browser: `up` is browser to server. */
export type DissectDirection = 'up' | 'down';

export interface DirectedChange extends RecordChange {
  direction: DissectDirection;
}

/** Reads both directions of one TCP connection; never throws, whatever the bytes are. */
export interface ConnectionDissector {
  /** The next bytes of a direction; they are copied. How bytes are split into pushes changes nothing. */
  push(direction: DissectDirection, bytes: Uint8Array): void;
  /** This many bytes passed that were not recorded. */
  gap(direction: DissectDirection, length: number): void;
  /** No more bytes will come in this direction. */
  end(direction: DissectDirection): void;
  /** All records so far. They are alive: the last ones go on changing. */
  records(direction: DissectDirection): readonly WireRecord[];
  /** Records that are new or changed since the last call, up before down, each once. */
  takeChanges(): DirectedChange[];
}

/** Creates the dissector of one connection. */
export function createConnectionDissector(): ConnectionDissector {
  const exchange = new Exchange();
  const readers = { up: new Http1Reader('request', exchange), down: new Http1Reader('response', exchange) };

  function feed(direction: DissectDirection, read: (reader: Http1Reader) => void): void {
    read(readers[direction]);
    // A response may have decided what waits in the other direction.
    if (direction === 'down') readers.up.advance();
  }

  return {
    push: (direction, bytes) => feed(direction, (reader) => reader.push(bytes)),
    gap: (direction, length) => feed(direction, (reader) => reader.gap(length)),
    end: (direction) => feed(direction, (reader) => reader.end()),
    records: (direction) => readers[direction].log.records,
    takeChanges: () =>
      (['up', 'down'] as const).flatMap((direction) =>
        readers[direction].log.takeChanges().map((change) => ({ direction, ...change })),
      ),
  };
}
