import { describe, expect, test } from 'vitest';
import type { Caller } from '../access/index.ts';
import { CodedError } from '../errors/index.ts';
import type { SandboxHost } from '../sandbox/index.ts';
import { checkFiles, Labs } from './labs.ts';
import { FILES, FILES_BYTES, IDLE_MS } from './limits.ts';

function refusal(files: Record<string, string>): string | undefined {
  try {
    checkFiles(files);
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return undefined;
}

test.each(['server.js', 'lib/chat-room.v2.mjs', 'data_1.json'])('takes a file named %s', (name) => {
  expect(refusal({ [name]: '' })).toBeUndefined();
});

test.each([
  '',
  '../server.js',
  '/etc/passwd',
  'a//b',
  '.env',
  'a/.b',
  'C:\\x',
  'a b.js',
  '__proto__',
  'lib/',
])('refuses a file named "%s"', (name) => {
  expect(refusal(Object.fromEntries([[name, '']]))).toBe('FILE_NAME_REFUSED');
});

test('counts bytes of UTF-8, not characters', () => {
  const third = '你'.repeat(Math.floor(FILES_BYTES / 3));
  expect(refusal({ 'server.js': third })).toBeUndefined();
  expect(refusal({ 'server.js': third + '你' })).toBe('FILES_TOO_LARGE');
});

test('refuses more files than a lab may have', () => {
  const files = Object.fromEntries(Array.from({ length: FILES + 1 }, (_, index) => [`f${index}.js`, '']));
  expect(refusal(files)).toBe('FILES_TOO_LARGE');
});

describe('a lab nobody uses', () => {
  const spec = { files: { 'server.js': '' }, page: 'same-origin' as const, conditions: {} };
  const caller = { hostname: 'localhost' } as Caller;

  /** Labs over a pool that runs nothing, with a clock that is set by hand. */
  function labsAt(clock: { ms: number }) {
    const running = new Set<SandboxHost>();
    const pool = {
      start: async (_spec: unknown, host: SandboxHost) => {
        running.add(host);
        return { dispose: () => void (running.delete(host) && host.ended({ reason: 'disposed' })) };
      },
      stats: () => ({ workers: 0, sandboxes: running.size }),
      close: async () => undefined,
    };
    const sockets = { open: () => Promise.reject(new Error('No ports here.')), route: () => undefined };
    const room = { start: pool.start, now: () => 0 };
    const labs = new Labs({ pool, room, sockets, servePlatform: () => undefined }, () => clock.ms);
    return { labs, running };
  }

  test('is ended and forgotten after the idle time, its sandbox too', async () => {
    const clock = { ms: 1_000 };
    const { labs, running } = labsAt(clock);
    const lab = await labs.create(spec, caller);
    clock.ms += IDLE_MS;
    labs.endIdle();
    expect([labs.size, running.size]).toEqual([1, 1]);
    clock.ms += 1;
    labs.endIdle();
    expect([labs.size, running.size]).toEqual([0, 0]);
    expect(() => labs.find(lab.id, lab.token)).toThrow(expect.objectContaining({ code: 'LAB_NOT_FOUND' }));
    labs.close();
  });

  test('stays while somebody calls it or watches it', async () => {
    const clock = { ms: 0 };
    const { labs } = labsAt(clock);
    const called = await labs.create(spec, caller);
    const watched = await labs.create(spec, caller);
    const leave = watched.channel.subscribe(0, () => undefined);
    clock.ms += IDLE_MS;
    labs.find(called.id, called.token);
    clock.ms += IDLE_MS;
    labs.endIdle();
    expect(labs.size).toBe(2);
    leave();
    clock.ms += IDLE_MS + 1;
    labs.endIdle();
    expect(labs.size).toBe(0);
    labs.close();
  });
});
