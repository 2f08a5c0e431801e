/**
 * A room: members, and what they said. It knows no transport: whoever carries events asks for them with a number
 * (`read`), or is told once in each turn of the event loop what that turn published (`onTurn`).
 */
import { randomBytes } from 'node:crypto';
import { CodedError } from '../errors/index.ts';
import type { Clock } from './clock.ts';
import { History, type Published } from './history.ts';
import { MEMBERS, PRESENCE_MS } from './limits.ts';
import type { MemberView, NewEvent, RoomEvent, RoomView, SendBody, SentView } from './protocol.ts';

export type Turn = (events: readonly Published[]) => void;

export interface Member extends MemberView {
  readonly key: string;
  /** When something was heard of it last; while it listens, that is now. */
  heardAt: number;
  listening: number;
  /** The last that it sent. */
  sent: SentView | undefined;
}

export class Room {
  readonly name: string;
  readonly #clock: Clock;
  readonly #history = new History(randomBytes(5).toString('hex'));
  readonly #members = new Map<string, Member>();
  readonly #turns = new Set<Turn>();
  /** Published in this turn of the event loop; no part of the history before it ends. */
  #pending: Published[] = [];
  #sequence = 0;
  #joined = 0;
  /** When somebody last wanted something of it. */
  usedAt: number;

  constructor(name: string, clock: Clock) {
    this.name = name;
    this.#clock = clock;
    this.usedAt = clock.now();
  }

  get members(): number {
    return this.#members.size;
  }

  /** Number of the newest event that can be read. */
  get newest(): number {
    return this.#history.newest;
  }

  view(): RoomView {
    return {
      room: this.name,
      cursor: this.#history.idOf(this.newest),
      members: [...this.#members.values()].map(({ id, name }) => ({ id, name })),
      now: this.#clock.now(),
    };
  }

  /** @throws CodedError ROOM_FULL. */
  join(name: string): Member {
    if (this.#members.size >= MEMBERS) throw new CodedError('ROOM_FULL', { params: { limit: MEMBERS } });
    const member: Member = {
      id: ++this.#joined,
      name: name.trim(),
      key: randomBytes(12).toString('base64url'),
      heardAt: this.#clock.now(),
      listening: 0,
      sent: undefined,
    };
    this.#members.set(member.key, member);
    this.publish({ type: 'joined', member: { id: member.id, name: member.name } });
    return member;
  }

  leave(member: Member): void {
    if (!this.#members.delete(member.key)) return;
    this.publish({ type: 'left', member: { id: member.id, name: member.name } });
  }

  /** @throws CodedError MEMBER_UNKNOWN. */
  member(key: string): Member {
    const member = this.#members.get(key);
    if (member === undefined) throw new CodedError('MEMBER_UNKNOWN');
    member.heardAt = this.#clock.now();
    return member;
  }

  /** The member is present as long as it listens. @returns says that it does not any more. */
  listens(key: string | undefined): () => void {
    this.usedAt = this.#clock.now();
    const member = key === undefined ? undefined : this.#members.get(key);
    // A stranger, or a member who was away too long: it is told what happens, and only refused when it speaks.
    if (member === undefined) return nothing;
    member.listening++;
    return () => {
      member.listening--;
      member.heardAt = this.#clock.now();
    };
  }

  /** Publishes what a member says; what it has said before, by its `seq`, is not published again. */
  send(member: Member, { seq, text, via }: Pick<SendBody, 'seq' | 'text' | 'via'>): SentView {
    if (member.sent !== undefined && seq <= member.sent.seq) {
      // Sent again because the answer was lost. Of older ones the place is not remembered, nor asked for.
      return { seq, id: member.sent.id };
    }
    const { id, name } = member;
    const published = this.publish({ type: 'message', from: { id, name }, via, text });
    member.sent = { seq, id: published.id };
    return member.sent;
  }

  publish(event: NewEvent): Published {
    const sequence = ++this.#sequence;
    const id = this.#history.idOf(sequence);
    const { type, ...rest } = event;
    const json = JSON.stringify({ type, id, at: this.#clock.now(), ...rest } as RoomEvent);
    const published = { sequence, id, json };
    // After the reads of this turn of the event loop: all that they publish is one turn.
    if (this.#pending.push(published) === 1) setImmediate(() => this.#endTurn());
    return published;
  }

  /** Number that belongs to a cursor. */
  resume(cursor: string | undefined): number {
    return this.#history.sequenceOf(cursor);
  }

  /** The next events after number `after`; a gap comes first when some are not kept. */
  read(after: number): readonly Published[] {
    return this.#history.read(after, this.#clock.now());
  }

  idOf(sequence: number): string {
    return this.#history.idOf(sequence);
  }

  onTurn(turn: Turn): () => void {
    this.#turns.add(turn);
    return () => this.#turns.delete(turn);
  }

  /** Those of whom nothing was heard have left. */
  pulse(): void {
    const now = this.#clock.now();
    for (const member of [...this.#members.values()]) {
      if (member.listening > 0) member.heardAt = now;
      else if (now - member.heardAt > PRESENCE_MS) this.leave(member);
    }
    if (this.#members.size > 0) this.usedAt = now;
  }

  #endTurn(): void {
    const events = this.#pending;
    this.#pending = [];
    this.#history.append(events);
    for (const turn of this.#turns) turn(events);
  }
}

function nothing(): void {
  // Nobody in particular listens.
}
