import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { UNIMPAIRED } from '../telemetry/protocol.ts';
import { GET, raw, tap, tapRaw } from './test-support.ts';

const CLOSE = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

/** Sizes of what entered the wire towards the browser. */
const pieces = (order: readonly string[]) =>
  order.flatMap((entry) => /^\+down (\d+)/.exec(entry)?.slice(1).map(Number) ?? []);

describe('the knife', () => {
  it('cuts a write in pieces that enter and arrive one by one, also inside a character', async () => {
    const { port, recordings } = await tapRaw(
      (tapped) => {
        tapped.resume();
        tapped.end('aé中😀');
      },
      { splitBytes: 1, splitPauseMs: 1 },
    );
    expect((await raw(port, GET)).toString()).toBe('aé中😀');
    const { order, writes } = recordings[0]!;
    expect(pieces(order)).toEqual(Array(10).fill(1));
    for (let end = 1; end < 10; end++) {
      expect(order.indexOf(`down ${end}`)).toBeGreaterThan(-1);
    }
    expect(writes.map(({ length }) => length)).toEqual([]);
  });

  it('leaves what was written whole where it is short, and counts from the beginning of each write', async () => {
    const { port, recordings } = await tapRaw(
      async (tapped) => {
        tapped.resume();
        tapped.write('12345');
        await once(tapped, 'drain').catch(() => undefined);
      },
      { splitBytes: 3, splitPauseMs: 1 },
    );
    const socket = connect(port, '127.0.0.1', () => socket.write(GET));
    await expect.poll(() => recordings[0]?.arrived.down).toBe(5);
    recordings[0]!.tapped.end('67');
    await once(socket.resume(), 'end');
    expect(pieces(recordings[0]!.order)).toEqual([3, 2, 2]);
  });

  it('changes no byte of a chunked response, and ends it after its last piece', async () => {
    const { port, recordings } = await tap(
      (_request, response) => {
        response.write('中'.repeat(20));
        response.end('the end');
      },
      { splitBytes: 7, splitPauseMs: 1 },
    );
    const received = await raw(port, CLOSE);
    expect(received.toString()).toMatch(/中{20}\r\n7\r\nthe end\r\n0\r\n\r\n$/);
    expect(received.equals(recordings[0]!.down)).toBe(true);
    expect(Math.max(...pieces(recordings[0]!.order))).toBe(7);
    expect(recordings[0]!.arrived.down).toBe(received.length);
  });

  it('put away in the middle of a write lets the rest go at once, in order', async () => {
    const body = Buffer.from(Array.from({ length: 5000 }, (_, n) => n % 251));
    const { port, network, recordings } = await tapRaw(
      (tapped) => {
        tapped.resume();
        tapped.end(body);
      },
      { splitBytes: 10, splitPauseMs: 10_000 },
    );
    const received = raw(port, GET);
    await expect.poll(() => recordings[0]?.arrived.down).toBe(10);
    network.conditions = UNIMPAIRED;
    expect((await received).equals(body)).toBe(true);
    expect(recordings[0]!.down.equals(body)).toBe(true);
  });

  it('taken up while connections are open cuts what is written from then on', async () => {
    const { port, network, recordings } = await tapRaw((tapped) => {
      tapped.resume();
      tapped.write('whole');
    });
    const socket = connect(port, '127.0.0.1', () => socket.write(GET));
    await expect.poll(() => recordings[0]?.arrived.down).toBe(5);
    network.conditions = { ...UNIMPAIRED, splitBytes: 2, splitPauseMs: 1 };
    recordings[0]!.tapped.end('cut');
    await once(socket.resume(), 'end');
    expect(pieces(recordings[0]!.order)).toEqual([5, 2, 1]);
  });

  it('lost with the wire: a reset leaves no piece behind', async () => {
    const { port, recordings } = await tapRaw(
      (tapped) => {
        tapped.on('error', () => undefined);
        tapped.resume();
        tapped.write('a longer text');
      },
      { splitBytes: 1, splitPauseMs: 10_000 },
    );
    const socket = connect(port, '127.0.0.1', () => socket.write(GET));
    socket.on('error', () => undefined);
    await expect.poll(() => recordings[0]?.arrived.down).toBe(1);
    recordings[0]!.tapped.cut('reset');
    await recordings[0]!.ended;
    expect(pieces(recordings[0]!.order)).toEqual([1]);
    await expect.poll(() => recordings[0]!.over.closed).toBe(true);
  });
});
