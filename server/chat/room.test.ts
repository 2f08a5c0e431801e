import { describe, expect, it } from 'vitest';
import { KEPT_EVENTS, PRESENCE_MS } from './limits.ts';
import type { RoomEvent } from './protocol.ts';
import { Room } from './room.ts';
import { handClock } from './test-support.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const eventsOf = (room: Room, after: number) =>
  room.read(after).map(({ json }) => JSON.parse(json) as RoomEvent);

function furnished() {
  const clock = handClock();
  const room = new Room('lobby', clock);
  return { clock, room };
}

describe('a room', () => {
  it('tells once what one turn of the event loop published', async () => {
    const { room } = furnished();
    const turns: number[] = [];
    room.onTurn((events) => turns.push(events.length));
    const ada = room.join('Ada');
    room.send(ada, { seq: 1, text: 'one' });
    room.send(ada, { seq: 2, text: 'two' });
    await turn();
    room.send(ada, { seq: 3, text: 'three' });
    await turn();
    expect(turns).toEqual([3, 1]);
  });

  it('hands over what came after a cursor, and only that', async () => {
    const { room } = furnished();
    const ada = room.join('Ada');
    const first = room.send(ada, { seq: 1, text: 'one' });
    room.send(ada, { seq: 2, text: 'two' });
    await turn();
    expect(eventsOf(room, room.resume(first.id))).toMatchObject([{ type: 'message', text: 'two' }]);
    expect(eventsOf(room, room.newest)).toEqual([]);
  });

  it('publishes once what was sent twice', async () => {
    const { room } = furnished();
    const ada = room.join('Ada');
    const sent = room.send(ada, { seq: 1, text: 'one' });
    expect(room.send(ada, { seq: 1, text: 'one' })).toEqual(sent);
    await turn();
    expect(eventsOf(room, 0).map(({ type }) => type)).toEqual(['joined', 'message']);
  });

  it('says how many events are not kept any more', async () => {
    const { room } = furnished();
    const ada = room.join('Ada');
    await turn();
    const cursor = room.view().cursor;
    for (let seq = 1; seq <= KEPT_EVENTS * 1.25; seq++) room.send(ada, { seq, text: 'x' });
    await turn();
    const [gap, next] = eventsOf(room, room.resume(cursor));
    expect(gap).toMatchObject({ type: 'gap', lost: KEPT_EVENTS * 0.25 });
    expect(next).toMatchObject({ type: 'message' });
    expect(room.resume(gap!.id) + 1).toBe(room.resume(next!.id));
  });

  it('answers the cursor of an earlier start with a gap of unknown size and all that is kept', async () => {
    const { room } = furnished();
    room.join('Ada');
    await turn();
    expect(eventsOf(room, room.resume('abc-7'))).toMatchObject([
      { type: 'gap', lost: null },
      { type: 'joined' },
    ]);
  });

  it('takes a member of whom nothing is heard for gone, and one that listens for present', async () => {
    const { clock, room } = furnished();
    room.join('Ada');
    const bob = room.join('Bob');
    const stopListening = room.listens(bob.key);
    clock.advance(PRESENCE_MS + 1);
    room.pulse();
    expect(room.view().members).toEqual([{ id: 2, name: 'Bob' }]);
    stopListening();
    clock.advance(PRESENCE_MS);
    room.pulse();
    expect(room.members).toBe(1);
    clock.advance(1);
    room.pulse();
    expect(room.members).toBe(0);
    await turn();
    expect(eventsOf(room, 2)).toMatchObject([
      { type: 'left', member: { name: 'Ada' } },
      { type: 'left', member: { name: 'Bob' } },
    ]);
  });
});
