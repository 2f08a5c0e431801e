/**
 * All rooms of this server, each with those who listen to it.
 */
import { CodedError } from '../errors/index.ts';
import { systemClock, type Clock } from './clock.ts';
import { FanOut } from './fan-out.ts';
import { HeldRequests } from './held-requests.ts';
import { ROOM_IDLE_MS, ROOMS } from './limits.ts';
import { Room } from './room.ts';

export interface OpenRoom {
  room: Room;
  /** Streams and WebSockets. */
  readers: FanOut;
  /** Polls that wait. */
  held: HeldRequests;
}

export class Rooms {
  readonly clock: Clock;
  readonly #rooms = new Map<string, OpenRoom>();
  readonly #stopPulse: () => void;
  #closing = false;

  constructor(clock: Clock = systemClock()) {
    this.clock = clock;
    this.#stopPulse = clock.onPulse(() => this.#pulse());
  }

  get size(): number {
    return this.#rooms.size;
  }

  /** The room of that name, made when there is none. @throws CodedError ROOM_LIMIT, SERVER_STOPPING. */
  open(name: string): OpenRoom {
    if (this.#closing) throw new CodedError('SERVER_STOPPING');
    let open = this.#rooms.get(name);
    if (open === undefined) {
      if (this.#rooms.size >= ROOMS) throw new CodedError('ROOM_LIMIT', { params: { limit: ROOMS } });
      const room = new Room(name, this.clock);
      open = { room, readers: new FanOut(room, this.clock), held: new HeldRequests(room, this.clock) };
      this.#rooms.set(name, open);
    }
    return open;
  }

  /** Answers whoever is held and ends every stream in order; resolves when what was said has left. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#stopPulse();
    const open = [...this.#rooms.values()];
    for (const { held } of open) held.close();
    await Promise.all(open.map(({ readers }) => readers.close()));
    this.#rooms.clear();
  }

  #pulse(): void {
    const now = this.clock.now();
    for (const [name, { room, readers, held }] of this.#rooms) {
      room.pulse();
      readers.pulse();
      held.pulse();
      const used = room.members + readers.size + held.size > 0;
      if (used) room.usedAt = now;
      else if (now - room.usedAt > ROOM_IDLE_MS) this.#rooms.delete(name);
    }
  }
}
