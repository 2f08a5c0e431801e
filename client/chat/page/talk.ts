/**
 * What this page has to do with the room: who it is, by which transport it listens, what was said, and what of its own
 * is not in the room yet.
 */
import { create } from 'zustand';
import type { JoinedView, MemberView, RoomEvent, Technique } from '#protocol/chat';
import type { ConnectionEvents, ConnectionState } from '../connection.ts';
import type { FrameConnection, FrameConnectionOptions } from '../frame-connection.ts';
import { membersAfter } from '../members.ts';
import type { RoomApi } from '../room-api.ts';
import { RoomError } from '../room-api.ts';

/** Events that are shown; older ones go. */
const SHOWN_EVENTS = 500;

export interface Problem {
  /** Of the table of errors, or `UNREACHABLE`. */
  code: string;
  params?: Record<string, string | number>;
}

export interface Unsaid {
  seq: number;
  text: string;
}

export interface TalkSnapshot {
  phase: 'out' | 'joining' | 'in';
  member: MemberView | null;
  technique: Technique;
  /** Of the transport. */
  state: ConnectionState;
  members: readonly MemberView[];
  events: readonly RoomEvent[];
  /** Said here, and not in the room yet. */
  unsaid: readonly Unsaid[];
  problem: Problem | null;
}

export interface TalkActions {
  join(name: string): Promise<void>;
  say(text: string): void;
  /** Goes on by another transport, after the last event, with what is not in the room yet. */
  switchTo(technique: Technique): Promise<void>;
  leave(): void;
}

export interface TalkServices {
  api: RoomApi;
  room: string;
  /** Opens the origins on which the transports live; resolves to where this one has its page and its room. */
  place(technique: Technique): Promise<{ pageUrl: string; origin: string }>;
  connect(
    options: Omit<FrameConnectionOptions, 'container' | 'onFrame'>,
    events: ConnectionEvents,
  ): FrameConnection;
}

const OUT: TalkSnapshot = {
  phase: 'out',
  member: null,
  technique: 'sse',
  state: 'connecting',
  members: [],
  events: [],
  unsaid: [],
  problem: null,
};

/** Number of an event in the room. */
const sequenceOf = (cursor: string): number => Number(cursor.slice(cursor.lastIndexOf('-') + 1));

export function createTalk({ api, room, place, connect }: TalkServices) {
  let joined: JoinedView | null = null;
  let connection: FrameConnection | null = null;
  /** Where the next transport goes on: after this event, and with this number of what is said. */
  let after: string | undefined;
  let seq = 1;
  /** Counts transports: what an earlier one still says is not heard. */
  let current = 0;

  return create<TalkSnapshot & TalkActions>()((set, get) => {
    /** @throws RoomError when there is no place for it. */
    async function open(): Promise<void> {
      const mine = ++current;
      const { technique } = get();
      set({ state: 'connecting' });
      const where = await place(technique);
      if (mine !== current || joined === null) return;
      connection = connect(
        { technique, ...where, room, key: joined.key, after, seq },
        {
          onState(state, refusal) {
            if (mine !== current) return;
            set({ state, ...(refusal && { problem: refusal }) });
          },
          onEvent: (event) => mine === current && hear(event),
        },
      );
      for (const unsaid of get().unsaid) send(unsaid);
    }

    function send({ seq, text }: Unsaid): void {
      const mine = current;
      connection?.send(text, (result) => {
        if (mine !== current) return;
        if ('id' in result)
          return set(({ unsaid }) => ({ unsaid: unsaid.filter((each) => each.seq !== seq) }));
        if (result.code === 'MEMBER_UNKNOWN') return forgotten();
        set(({ unsaid }) => ({ unsaid: unsaid.filter((each) => each.seq !== seq), problem: result }));
      });
    }

    function hear(event: RoomEvent): void {
      const { events, members } = get();
      // The list that came with the joining has what was before it.
      const isNews = joined !== null && sequenceOf(event.id) > sequenceOf(joined.cursor);
      set({
        events: [...events, event].slice(-SHOWN_EVENTS),
        ...(isNews && { members: membersAfter(members, event) }),
      });
      if (event.type === 'left' && isNews && event.member.id === joined?.member.id) forgotten();
    }

    /** Ends the transport, whose last words are not heard any more. */
    function disconnect(): void {
      current++;
      if (connection === null) return;
      after = connection.cursor;
      seq = connection.unanswered;
      connection.close();
      connection = null;
    }

    /** The room has begun anew, or has heard nothing of this page for too long. */
    function forgotten(): void {
      close();
      set({ phase: 'out', member: null, members: [], unsaid: [], problem: { code: 'MEMBER_UNKNOWN' } });
    }

    function close(): void {
      disconnect();
      joined = null;
      after = undefined;
      seq = 1;
    }

    return {
      ...OUT,

      async join(name) {
        set({ phase: 'joining', problem: null });
        try {
          joined = await api.join(name);
          const { member, members } = joined;
          set({ phase: 'in', member, members, events: [], unsaid: [] });
          await open();
        } catch (error) {
          close();
          set({ phase: 'out', member: null, problem: problemOf(error) });
        }
      },

      say(text) {
        const { unsaid } = get();
        const next = (unsaid[unsaid.length - 1]?.seq ?? (connection?.unanswered ?? seq) - 1) + 1;
        const mine = { seq: next, text };
        set({ unsaid: [...unsaid, mine], problem: null });
        send(mine);
      },

      async switchTo(technique) {
        if (technique === get().technique) return;
        set({ technique });
        if (joined === null) return;
        disconnect();
        set({ problem: null });
        try {
          await open();
        } catch (error) {
          if (technique === get().technique) set({ state: 'closed', problem: problemOf(error) });
        }
      },

      leave() {
        const key = joined?.key;
        const { technique } = get();
        close();
        if (key !== undefined) void api.leave(key).catch(ignore);
        set({ ...OUT, technique });
      },
    };
  });
}

function problemOf(error: unknown): Problem {
  const { code, params } = error instanceof RoomError ? error : new RoomError('UNREACHABLE', '');
  return { code, params };
}

function ignore(): void {
  // The server takes a silent member for gone by itself.
}
