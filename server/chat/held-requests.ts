/**
 * Requests that are held until something is published: then they are answered, `ANSWERS_PER_TURN` of them in a turn of
 * the event loop.
 */
import type { Clock } from './clock.ts';
import type { Published } from './history.ts';
import { ANSWERS_PER_TURN } from './limits.ts';
import type { Room } from './room.ts';

/** A request that may have to wait for its answer. */
export interface HeldRequest {
  /** Number of the last event that its client has. */
  readonly after: number;
  /** Clock time at which it is answered in any case. */
  readonly deadline: number;
  /**
   * Called once, unless its client is gone before.
   *
   * @param body `PollView` as JSON. @param last the server stops: the connection shall not be used again.
   */
  answer(body: string, last: boolean): void;
}

export class HeldRequests {
  readonly #room: Room;
  readonly #clock: Clock;
  readonly #waiting = new Set<HeldRequest>();

  constructor(room: Room, clock: Clock) {
    this.#room = room;
    this.#clock = clock;
    room.onTurn(this.#answerSome);
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Answers at once when there is something after number `after`, else when there is. */
  hold(request: HeldRequest): void {
    const { after } = request;
    const events = this.#room.read(after);
    if (events.length > 0) request.answer(pollBody(this.#room, after, events), false);
    else this.#waiting.add(request);
  }

  /** Its client is gone, or has its answer. */
  forget(request: HeldRequest): void {
    this.#waiting.delete(request);
  }

  /** Answers those whose time is over: with nothing, so that they ask again. */
  pulse(): void {
    const now = this.#clock.now();
    for (const request of this.#waiting) {
      if (request.deadline > now) continue;
      this.#waiting.delete(request);
      request.answer(pollBody(this.#room, request.after, []), false);
    }
  }

  close(): void {
    for (const request of this.#waiting) request.answer(pollBody(this.#room, request.after, []), true);
    this.#waiting.clear();
  }

  /**
   * Answers those who have waited longest; the others in turns of their own, between which those who are answered ask
   * again. All in one turn, the work that Node puts off to the end of a turn would be that of a thousand answers.
   */
  readonly #answerSome = (): void => {
    const { newest } = this.#room;
    let left = ANSWERS_PER_TURN;
    // Nearly all ask for the same: one body for them.
    const bodies = new Map<number, string>();
    for (const request of this.#waiting) {
      const { after } = request;
      // Whoever asked later has it already.
      if (after === newest) return;
      if (left-- === 0) return void setImmediate(this.#answerSome);
      this.#waiting.delete(request);
      let body = bodies.get(after);
      if (body === undefined) bodies.set(after, (body = pollBody(this.#room, after, this.#room.read(after))));
      request.answer(body, false);
    }
  };
}

/** `PollView` as JSON: what is joined here was serialised when it was published. */
export function pollBody(room: Room, after: number, events: readonly Published[]): string {
  const cursor = events[events.length - 1]?.id ?? room.idOf(after);
  return `{"cursor":"${cursor}","events":[${events.map(({ json }) => json).join()}]}`;
}
