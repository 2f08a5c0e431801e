import { Exchange } from './http1/exchange.ts';
import { Http1Reader } from './http1/reader.ts';
import type { WireRecord } from './records.ts';
import type { ContentChange } from './stream/content-log.ts';

/** Seen from the browser: `up` is browser to server. */
export type DissectDirection = 'up' | 'down';

/** What became known of one direction. */
export interface DirectionChanges {
  direction: DissectDirection;
  /** Index, among the records of the direction, of the first of `records`. */
  first: number;
  /** All records from there on: they are new, or changed. */
  records: WireRecord[];
  /** Contents that are new or changed, each once; their index counts from 0 in the direction. */
  contents: ContentChange[];
}

/** Reads both directions of one TCP connection; never throws, whatever the bytes are. */
export interface ConnectionDissector {
  /** The next bytes of a direction; they are copied. How bytes are split into pushes changes nothing. */
  push(direction: DissectDirection, bytes: Uint8Array): void;
  /** This many bytes passed that were not recorded. */
  gap(direction: DissectDirection, length: number): void;
  /** No more bytes will come in this direction. */
  end(direction: DissectDirection): void;
  /**
   * What became known since the last call, up before down, directions without news left out. What is
   * handed out is never changed afterwards; the dissector itself keeps none of it.
   */
  takeChanges(): DirectionChanges[];
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
    takeChanges: () =>
      (['up', 'down'] as const).flatMap((direction) => {
        const { log, contents } = readers[direction].out;
        const first = log.length;
        const changes = log.takeChanges() ?? { first, records: [] };
        const content = contents.takeChanges();
        if (changes.records.length === 0 && content.length === 0) return [];
        return [{ direction, ...changes, contents: content }];
      }),
  };
}
