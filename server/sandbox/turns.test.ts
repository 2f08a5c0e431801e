import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxPool } from './contract.ts';
import { exchange, startProgram, testPool } from './test-support.ts';
import { GuestPhases } from './guest-phases.ts';
import { Turns, type Runnable } from './turns.ts';
import { LIMITS } from './limits.ts';

const GET = 'GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n';
let pool: SandboxPool | undefined;
let turns: Turns | undefined;
const guests: Guest[] = [];
afterEach(async () => {
  for (const guest of guests.splice(0)) turns?.drop(guest);
  await pool?.close();
  pool = undefined;
});

/** Work of a fixed length, by the clock: `steps` turns of `ms`. */
class Guest implements Runnable {
  steps: number;
  readonly ms: number;
  readonly name: string;
  readonly #order: string[];
  constructor(name: string, steps: number, ms: number, order: string[]) {
    this.name = name;
    this.steps = steps;
    this.ms = ms;
    this.#order = order;
    guests.push(this);
  }
  get hasWork(): boolean {
    return this.steps > 0;
  }
  step(): void {
    if (this.steps === 0) return;
    this.steps -= 1;
    this.#order.push(this.name);
    for (const end = performance.now() + this.ms; performance.now() < end;);
  }
}

function fair(greedy: (run: Runnable) => void = () => undefined): Turns {
  turns = new Turns({ limits: { ...LIMITS, sliceMs: 10, coolDownMs: 60 }, flush: () => undefined, greedy });
  return turns;
}

describe('S15 guests of one thread', () => {
  it('take turns one by one', async () => {
    const order: string[] = [];
    const turns = fair();
    for (const name of ['a', 'b', 'c']) turns.ready(new Guest(name, 2, 0, order));
    await expect.poll(() => order.join('')).toBe('abcabc');
  });

  it('hand over what they say while later turns still wait', async () => {
    const order: string[] = [];
    turns = new Turns({ limits: LIMITS, flush: () => order.push('flush'), greedy: () => undefined });
    turns.ready(new Guest('a', 20, 0.5, order));
    await expect.poll(() => order.filter((one) => one === 'a').length).toBe(20);
    const first = order.indexOf('flush');
    expect(first).toBeGreaterThan(0);
    expect(order.lastIndexOf('a')).toBeGreaterThan(first);
  });

  it('wait when they have had more than their share beside others, and go on later', async () => {
    const order: string[] = [];
    const turns = fair();
    turns.ready(new Guest('h', 3, 12, order));
    turns.ready(new Guest('n', 40, 0.1, order));
    await expect.poll(() => order.length, { timeout: 5_000 }).toBe(43);
    expect(order.join('')).toMatch(/^hn+h?n*h+n*h*$/);
    // All of the neighbour's work was done before the hog's last turn.
    expect(order.at(-1)).toBe('h');
  });

  it('have all of it when they are alone', async () => {
    const order: string[] = [];
    const greedy: Runnable[] = [];
    fair((run) => greedy.push(run)).ready(new Guest('h', 20, 5, order));
    await expect.poll(() => order.length, { timeout: 5_000 }).toBe(20);
    expect(greedy).toEqual([]);
  });

  it('move aside, with all that they are, when they take more than their share again and again', async () => {
    pool = await testPool({ limits: { sliceMs: 20, coolDownMs: 40 } });
    const busy = `const http = require('http'); let turns = 0; let lastHeard = 0;
      http.createServer((q, r) => r.end(JSON.stringify({ turns, heard: ++lastHeard }))).listen(1);
      setInterval(() => { turns++; for (const end = Date.now() + 30; Date.now() < end; ); }, 1);`;
    const hog = await startProgram(pool, busy);
    const neighbour = await startProgram(
      pool,
      `let n = 0; require('http').createServer((q, r) => r.end('n' + ++n)).listen(1)`,
    );
    let asked = 0;
    await expect
      .poll(
        async () => {
          asked += 1;
          expect(await exchange(neighbour.host.realPort(), GET)).toContain(`n${asked}`);
          return pool!.stats().workers;
        },
        { timeout: 15_000, interval: 5 },
      )
      .toBe(2);
    const answer = async (): Promise<{ turns: number; heard: number }> =>
      JSON.parse((await exchange(hog.host.realPort(), GET)).split('\r\n\r\n')[1]!) as never;
    const first = await answer();
    const second = await answer();
    expect(second.heard).toBe(first.heard + 1);
    expect(second.turns).toBeGreaterThan(first.turns);
    expect(hog.host.restarts + neighbour.host.restarts).toBe(0);
    hog.sandbox.dispose();
    await expect.poll(() => pool!.stats()).toEqual({ workers: 1, sandboxes: 1 });
    neighbour.sandbox.dispose();
  });
});

describe('the phases of a guest', () => {
  it('come in rounds of timers, messages and immediates; what comes up meanwhile waits', () => {
    const due = { timers: 1, messages: 2, immediates: 1 };
    const phases = new GuestPhases({
      timers: () => due.timers > 0,
      messages: () => due.messages,
      immediates: () => due.immediates,
    });
    const order: string[] = [];
    for (let phase = phases.next(); phase && order.length < 8; phase = phases.next()) {
      order.push(phase);
      due[phase] -= 1;
      if (order.length === 1) due.messages += 1;
    }
    expect(order).toEqual(['immediates', 'timers', 'messages', 'messages', 'messages']);
    expect(phases.any).toBe(false);
  });
});
