/**
 * Requests that are held until something is published: all of them are answered in the turn in which it was.
 */
import type { Clock } from './clock.ts';
import type { Published } from './history.ts';
import type { Room } from './room.ts';

/** @param body the answer, `PollView` as JSON. @param last the server stops: the connection shall not be used again. */
export type Answer = (body: string, last: boolean) => void;

interface Waiting {
  after: number;
  /** Clock time at which it is answered in any case. */
  deadline: number;
  answer: Answer;
}

export class HeldRequests {
  readonly #room: Room;
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();

  constructor(room: Room, clock: Clock) {
    this.#room = room;
    this.#clock = clock;
    room.onTurn(() => this.#answerAll());
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Answers at once when there is something after number `after`. @returns forgets the request: its client is gone. */
  hold(after: number, mostMs: number, answer: Answer): () => void {
    const events = this.#room.read(after);
    if (events.length > 0) {
      answer(pollBody(this.#room, after, events), false);
      return () => false;
    }
    const waiting = { after, deadline: this.#clock.now() + mostMs, answer };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  /** Answers those whose time is over: with nothing, so that they ask again. */
  pulse(): void {
    const now = this.#clock.now();
    for (const waiting of this.#waiting) {
      if (waiting.deadline > now) continue;
      this.#waiting.delete(waiting);
      waiting.answer(pollBody(this.#room, waiting.after, []), false);
    }
  }

  close(): void {
    const all = [...this.#waiting];
    this.#waiting.clear();
    for (const { after, answer } of all) answer(pollBody(this.#room, after, []), true);
  }

  #answerAll(): void {
    const all = [...this.#waiting];
    this.#waiting.clear();
    // Nearly all ask for the same: one body for them.
    const bodies = new Map<number, string>();
    for (const { after, answer } of all) {
      let body = bodies.get(after);
      if (body === undefined) bodies.set(after, (body = pollBody(this.#room, after, this.#room.read(after))));
      answer(body, false);
    }
  }
}

/** `PollView` as JSON: what is joined here was serialised when it was published. */
export function pollBody(room: Room, after: number, events: readonly Published[]): string {
  const cursor = events[events.length - 1]?.id ?? room.idOf(after);
  return `{"cursor":"${cursor}","events":[${events.map(({ json }) => json).join()}]}`;
}
