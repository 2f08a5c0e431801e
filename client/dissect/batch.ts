/** The contract between the app and the worker that dissects for it. */
import {
  createConnectionDissector,
  type ConnectionDissector,
  type DirectionChanges,
  type DissectDirection,
} from './connection.ts';
import type { PackedItems } from './packing/items.ts';
import type { PackedUpdate } from './packing/updates.ts';

/** What happened in one direction of one connection, in order. */
export type DissectItem = { connection: number; direction: DissectDirection } & (
  | {
      /** Offset of the first byte in the direction; bytes between it and the last item's end are a gap. */
      offset: number;
      bytes: Uint8Array;
    }
  | { offset: number; gap: number }
  | { end: true }
);

/** What a batch made known of one direction of one connection. Nothing in it is changed after it was handed out. */
export interface DissectUpdate extends DirectionChanges {
  connection: number;
}

/** `epoch` counts resets, so that answers from before one can be told apart. */
export type WorkerRequest =
  { type: 'items'; epoch: number; items: PackedItems } | { type: 'reset'; epoch: number };

export interface WorkerAnswer {
  epoch: number;
  updates: PackedUpdate[];
}

interface Tracked {
  dissector: ConnectionDissector;
  /** How far each direction was read. */
  offset: Record<DissectDirection, number>;
}

/** Dissects batches of items of any number of connections. */
export function createBatchDissector(): { push(items: DissectItem[]): DissectUpdate[]; reset(): void } {
  const connections = new Map<number, Tracked>();

  function trackedOf(id: number): Tracked {
    let tracked = connections.get(id);
    if (!tracked) {
      tracked = { dissector: createConnectionDissector(), offset: { up: 0, down: 0 } };
      connections.set(id, tracked);
    }
    return tracked;
  }

  function feed(item: DissectItem): void {
    const { dissector, offset } = trackedOf(item.connection);
    const { direction } = item;
    if ('end' in item) return dissector.end(direction);
    const missing = item.offset - offset[direction];
    if (missing > 0) dissector.gap(direction, missing);
    if ('gap' in item) {
      const fresh = Math.min(item.gap, item.gap + missing);
      if (fresh > 0) dissector.gap(direction, fresh);
      offset[direction] = Math.max(offset[direction], item.offset + item.gap);
    } else {
      // A stream that was picked up again may repeat bytes.
      const fresh = missing < 0 ? item.bytes.subarray(-missing) : item.bytes;
      if (fresh.length > 0) dissector.push(direction, fresh);
      offset[direction] = Math.max(offset[direction], item.offset + item.bytes.length);
    }
  }

  return {
    push(items) {
      const touched = new Set<number>();
      for (const item of items) {
        feed(item);
        touched.add(item.connection);
      }
      return [...touched].flatMap((connection) =>
        trackedOf(connection)
          .dissector.takeChanges()
          .map((changes) => ({ connection, ...changes })),
      );
    },
    reset: () => connections.clear(),
  };
}
