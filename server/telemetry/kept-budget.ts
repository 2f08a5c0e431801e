/**
 * What the logs of all labs may keep together. When it is met, the largest log forgets its oldest part:
 * whoever records little is never cut short by those who record much.
 */
import type { Channel } from './channel.ts';
import { KEPT_BYTES_OF_ALL } from './limits.ts';

export class KeptBudget {
  readonly #limit: number;
  readonly #channels = new Set<Channel>();
  #bytes = 0;

  /** @param limit bytes; given in tests. */
  constructor(limit = KEPT_BYTES_OF_ALL) {
    this.#limit = limit;
  }

  /** Bytes kept by all. */
  get bytes(): number {
    return this.#bytes;
  }

  join(channel: Channel): void {
    this.#channels.add(channel);
  }

  leave(channel: Channel): void {
    this.#channels.delete(channel);
  }

  /** A log has grown or shrunk. */
  changed(by: number): void {
    this.#bytes += by;
    while (this.#bytes > this.#limit) {
      let largest: Channel | undefined;
      for (const channel of this.#channels) {
        if (channel.keptBytes > (largest?.keptBytes ?? 0)) largest = channel;
      }
      if (!largest) return;
      // A large step, so that the next event does not ask again.
      largest.trim(largest.keptBytes * 0.75);
    }
  }
}
