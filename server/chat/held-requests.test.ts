import { describe, expect, it } from 'vitest';
import { HeldRequests, type HeldRequest } from './held-requests.ts';
import { ANSWERS_PER_TURN } from './limits.ts';
import { Room } from './room.ts';
import { handClock } from './test-support.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function furnished() {
  const clock = handClock();
  const room = new Room('lobby', clock);
  const held = new HeldRequests(room, clock);
  /** What was told, as `<request>: <number of events>`, with ` last` when the server stops. */
  const told: string[] = [];
  const ask = (name: string, after = room.newest, mostMs = 25_000): HeldRequest => {
    const request: HeldRequest = {
      after,
      deadline: clock.now() + mostMs,
      answer: (body, last) =>
        told.push(
          `${name}: ${(JSON.parse(body) as { events: unknown[] }).events.length}${last ? ' last' : ''}`,
        ),
    };
    held.hold(request);
    return request;
  };
  const publish = async (): Promise<void> => {
    room.publish({ type: 'left', member: { id: 1, name: 'Ada' } });
    await turn();
  };
  return { clock, held, told, ask, publish };
}

describe('held requests', () => {
  it('are answered at once when there is something already', async () => {
    const { ask, told, publish, held } = furnished();
    await publish();
    ask('late', 0);
    expect(told).toEqual(['late: 1']);
    expect(held.size).toBe(0);
  });

  it('are each answered once with what is published', async () => {
    const { ask, told, publish } = furnished();
    ask('a');
    ask('b');
    await publish();
    await publish();
    expect(told).toEqual(['a: 1', 'b: 1']);
  });

  it('are answered over several turns when they are many, and nobody is left out or asked twice', async () => {
    const { ask, told, publish, held } = furnished();
    const many = ANSWERS_PER_TURN * 2 + 1;
    for (let name = 0; name < many; name++) ask(String(name));
    await publish();
    expect(told).toHaveLength(ANSWERS_PER_TURN);
    // Asks again before the others have their answer: there is nothing new for it.
    ask('again');
    await turn();
    await turn();
    expect(told).toEqual(Array.from({ length: many }, (_, name) => `${name}: 1`));
    expect(held.size).toBe(1);
  });

  it('hear all that was published before their turn came', async () => {
    const { ask, told, publish } = furnished();
    const last = ANSWERS_PER_TURN * 2;
    for (let name = 0; name <= last; name++) ask(String(name));
    await publish();
    await publish();
    expect(told).toHaveLength(last + 1);
    expect(told.slice(-2)).toEqual([`${last - 1}: 1`, `${last}: 2`]);
  });

  it('are forgotten when their client goes', async () => {
    const { ask, told, publish, held } = furnished();
    held.forget(ask('gone'));
    await publish();
    expect(told).toEqual([]);
  });

  it('are answered empty when their time is over', () => {
    const { ask, told, held, clock } = furnished();
    ask('short', 0, 1_000);
    ask('long', 0, 5_000);
    clock.advance(2_000);
    held.pulse();
    expect(told).toEqual(['short: 0']);
  });

  it('are told that the connection is over when the server stops', () => {
    const { ask, told, held } = furnished();
    ask('a');
    held.close();
    expect(told).toEqual(['a: 0 last']);
    expect(held.size).toBe(0);
  });
});
