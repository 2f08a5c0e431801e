import { describe, expect, it } from 'vitest';
import type { JoinedView, RoomEvent, SentView } from '#protocol/chat';
import type { ConnectionEvents, Refusal } from '../connection.ts';
import type { FrameConnection } from '../frame-connection.ts';
import type { RoomApi } from '../room-api.ts';
import { RoomError } from '../room-api.ts';
import { createTalk } from './talk.ts';

const JOINED: JoinedView = {
  room: 'lobby',
  cursor: 'e-4',
  now: 0,
  members: [{ id: 2, name: 'Ada' }],
  member: { id: 2, name: 'Ada' },
  key: 'k',
};

interface Opened {
  options: { technique: string; after?: string; seq?: number };
  events: ConnectionEvents;
  said: { text: string; done(result: SentView | Refusal): void }[];
  closed: boolean;
}

function talk(
  join: () => Promise<JoinedView> = async () => JOINED,
  place: () => Promise<unknown> = async () => undefined,
) {
  const opened: Opened[] = [];
  const useTalk = createTalk({
    api: { join, leave: async () => undefined } as unknown as RoomApi,
    room: 'lobby',
    async place(technique) {
      await place();
      return { pageUrl: `http://lab/${technique}`, origin: '' };
    },
    connect(options, events) {
      const mine: Opened = { options, events, said: [], closed: false };
      let answered = options.seq ?? 1;
      let cursor = options.after;
      opened.push(mine);
      mine.events = {
        ...events,
        onEvent(event, at) {
          cursor = event.id;
          events.onEvent(event, at);
        },
      };
      return {
        get cursor() {
          return cursor;
        },
        get unanswered() {
          return answered;
        },
        clockErrorMs: 0,
        send: (text, done) =>
          mine.said.push({
            text,
            done(result) {
              answered++;
              done(result);
            },
          }),
        close() {
          mine.closed = true;
          for (const { done } of mine.said) done({ code: 'CLOSED', message: '' });
        },
      } satisfies FrameConnection;
    },
  });
  return { useTalk, opened };
}

const message = (sequence: number, text: string): RoomEvent => ({
  ...{ type: 'message', id: `e-${sequence}`, at: 0, from: { id: 2, name: 'Ada' }, text },
});

describe('a talk', () => {
  it('goes on by another transport after the last event, with what is not in the room yet', async () => {
    const { useTalk, opened } = talk();
    await useTalk.getState().join('Ada');
    const [first] = opened as [Opened];
    first.events.onEvent(message(5, 'hello'), 0);
    useTalk.getState().say('one');
    useTalk.getState().say('two');
    first.said[0]!.done({ seq: 1, id: 'e-6' });
    await useTalk.getState().switchTo('websocket');
    const second = opened[1]!;
    expect(first.closed).toBe(true);
    expect(second.options).toMatchObject({ technique: 'websocket', after: 'e-5', seq: 2 });
    expect(second.said.map(({ text }) => text)).toEqual(['two']);
    expect(useTalk.getState().unsaid).toEqual([{ seq: 2, text: 'two' }]);
    second.said[0]!.done({ seq: 2, id: 'e-7' });
    expect(useTalk.getState().unsaid).toEqual([]);
  });

  it('keeps its place when it switches again before it has switched', async () => {
    const { useTalk, opened } = talk();
    await useTalk.getState().join('Ada');
    const [first] = opened as [Opened];
    first.events.onEvent(message(5, 'hello'), 0);
    useTalk.getState().say('one');
    first.said[0]!.done({ seq: 1, id: 'e-6' });
    const switched = useTalk.getState().switchTo('websocket');
    useTalk.getState().say('two');
    await Promise.all([switched, useTalk.getState().switchTo('polling')]);
    expect(opened).toHaveLength(2);
    expect(opened[1]!.options).toMatchObject({ technique: 'polling', after: 'e-5', seq: 2 });
    expect(opened[1]!.said.map(({ text }) => text)).toEqual(['two']);
  });

  it('says why it cannot switch, and goes on where it was by the next transport that can be had', async () => {
    let isReachable = true;
    const { useTalk, opened } = talk(undefined, async () => {
      if (!isReachable) throw new RoomError('UNREACHABLE', '');
    });
    await useTalk.getState().join('Ada');
    opened[0]!.events.onEvent(message(5, 'hello'), 0);
    isReachable = false;
    await useTalk.getState().switchTo('websocket');
    expect(useTalk.getState()).toMatchObject({
      ...{ phase: 'in', state: 'closed', problem: { code: 'UNREACHABLE' } },
    });
    isReachable = true;
    await useTalk.getState().switchTo('polling');
    expect(opened[1]!.options).toMatchObject({ technique: 'polling', after: 'e-5', seq: 1 });
    expect(useTalk.getState()).toMatchObject({ state: 'connecting', problem: null });
  });

  it('does not hear what an earlier transport still says', async () => {
    const { useTalk, opened } = talk();
    await useTalk.getState().join('Ada');
    await useTalk.getState().switchTo('polling');
    opened[0]!.events.onEvent(message(5, 'late'), 0);
    expect(useTalk.getState().events).toEqual([]);
  });

  it('knows who is here from the joining and from what came after it', async () => {
    const { useTalk, opened } = talk();
    await useTalk.getState().join('Ada');
    const { onEvent } = opened[0]!.events;
    const bob = { id: 3, name: 'Bob' };
    onEvent({ type: 'joined', id: 'e-2', at: 0, member: { id: 1, name: 'gone before' } }, 0);
    onEvent({ type: 'joined', id: 'e-6', at: 0, member: bob }, 0);
    expect(useTalk.getState().members).toEqual([{ id: 2, name: 'Ada' }, bob]);
    onEvent({ type: 'left', id: 'e-7', at: 0, member: bob }, 0);
    expect(useTalk.getState().members).toEqual([{ id: 2, name: 'Ada' }]);
  });

  it('says why one could not join, and when the room has forgotten one', async () => {
    const refused = talk(() => Promise.reject(new RoomError('ROOM_FULL', '', { limit: 2 })));
    await refused.useTalk.getState().join('Ada');
    expect(refused.useTalk.getState()).toMatchObject({
      phase: 'out',
      problem: { code: 'ROOM_FULL', params: { limit: 2 } },
    });
    const { useTalk, opened } = talk();
    await useTalk.getState().join('Ada');
    opened[0]!.events.onEvent({ type: 'left', id: 'e-9', at: 0, member: { id: 2, name: 'Ada' } }, 0);
    expect(useTalk.getState()).toMatchObject({ phase: 'out', problem: { code: 'MEMBER_UNKNOWN' } });
  });
});
