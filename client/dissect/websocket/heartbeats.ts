import { MAX_OPEN_PINGS } from '../limits.ts';

type Direction = 'up' | 'down';

/** RFC 6455 §5.5: which pong answers which ping, and which Close answers which. */
export class Heartbeats {
  readonly #pings: Record<Direction, { payload: string; record: number }[]> = { up: [], down: [] };
  readonly #closed: Record<Direction, number | null> = { up: null, down: null };

  /** A ping is complete; `record` is the index of its record. */
  ping(direction: Direction, payload: string, record: number): void {
    const pings = this.#pings[direction];
    pings.push({ payload, record });
    if (pings.length > MAX_OPEN_PINGS) pings.shift();
  }

  /**
   * A pong is complete. Returns the record of the ping that it answers, null when nobody asked: then it
   * is a heartbeat of its own. Earlier pings will not be answered any more (§5.5.3).
   */
  pong(direction: Direction, payload: string): number | null {
    const pings = this.#pings[direction === 'up' ? 'down' : 'up'];
    const index = pings.findIndex((ping) => ping.payload === payload);
    if (index < 0) return null;
    const { record } = pings[index]!;
    pings.splice(0, index + 1);
    return record;
  }

  /** A Close is complete. Returns the record of the other direction's, when that came first. */
  close(direction: Direction, record: number): number | null {
    this.#closed[direction] ??= record;
    return this.#closed[direction === 'up' ? 'down' : 'up'];
  }
}
