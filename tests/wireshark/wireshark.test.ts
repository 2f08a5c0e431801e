import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTshark } from '../../.ci/tshark.mjs';
import { Capture } from '../../server/tap/index.ts';
import { type App, startApp } from '../support/server.ts';
import { differences } from './compare.ts';
import { HTTP_CONVERSATIONS } from './conversations-http.ts';
import { WEBSOCKET_CONVERSATIONS } from './conversations-websocket.ts';
import { EXPLAINED } from './explained.ts';
import { readOurs } from './ours.ts';
import { crossed, record, type RecordedRun } from './record.ts';
import { readWithTshark } from './tshark.ts';

const CONVERSATIONS = [...HTTP_CONVERSATIONS, ...WEBSOCKET_CONVERSATIONS];
/** Runs recorded at a time. */
const AT_ONCE = 4;

/** Where nobody installed it: it can be left out on a laptop, not in CI. */
const missing = await findTshark().then(
  () => null,
  (error: Error) => error.message,
);
if (missing && process.env['CI']) throw new Error(missing);
if (missing) console.warn(missing);

describe.skipIf(missing)('our dissector beside Wireshark’s', () => {
  let app: App;
  const runs: RecordedRun[] = [];
  const found: { run: string; difference: string }[] = [];
  let read: Awaited<ReturnType<typeof readWithTshark>>;
  let messages = 0;

  beforeAll(async () => {
    app = await startApp();
    const queue = CONVERSATIONS.map((conversation, index) => ({ conversation, index }));
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next; (next = queue.shift());) runs[next.index] = await record(app, next.conversation);
      }),
    );
    // Sections of one file: one start of tshark for all of them.
    read = await readWithTshark(Buffer.concat(runs.map(({ pcapng }) => pcapng)));
    for (const run of runs) {
      for (const one of crossed(run.events)) {
        const ours = readOurs(one);
        const { remote, local } = one.connection;
        const theirs = read.streams.get(`${remote.port}-${local.port}`) ?? { up: [], down: [] };
        messages += ours.up.length + ours.down.length;
        for (const direction of ['up', 'down'] as const) {
          for (const difference of differences(direction, ours[direction], theirs[direction])) {
            found.push({ run: run.name, difference });
          }
        }
      }
    }
  }, 120_000);

  afterAll(() => app.close());

  it('is compared over at least 40 recorded runs', () => {
    expect(runs.length).toBeGreaterThanOrEqual(40);
    expect(new Set(runs.map(({ name }) => name)).size).toBe(runs.length);
    expect(messages).toBeGreaterThan(200);
  });

  it('reads every field as tshark does, but for what is explained', () => {
    const unexplained = found.filter(
      ({ run, difference }) =>
        !EXPLAINED.some((entry) => entry.run === run && entry.difference.test(difference)),
    );
    expect(unexplained).toEqual([]);
  });

  it('has no explanation left over', () => {
    const idle = EXPLAINED.filter(
      (entry) => !found.some(({ run, difference }) => entry.run === run && entry.difference.test(difference)),
    );
    expect(idle).toEqual([]);
  });

  it('is shown bytes that were not recorded as a segment that is missing', async () => {
    const told = { connection: 1, direction: 'up' } as const;
    const file = new Capture(Date.now()).write([
      {
        type: 'connection',
        seq: 1,
        t: 0,
        connection: 1,
        port: 8080,
        remote: { address: '2001:db8::7', port: 50_000 },
        local: { address: '::1', port: 8080 },
      },
      { type: 'bytes', seq: 2, t: 1, ...told, offset: 0, length: 4, bytes: Buffer.from('GET ') },
      { type: 'bytes', seq: 3, t: 2, ...told, offset: 4, length: 1000 },
      { type: 'bytes', seq: 4, t: 3, ...told, offset: 1004, length: 4, bytes: Buffer.from('\r\n\r\n') },
      { type: 'connection-end', seq: 5, t: 4, connection: 1, by: 'browser' },
    ]);
    const { health } = await readWithTshark(Buffer.concat([Capture.header('a'), file]));
    expect(health).toMatchObject({ packets: 8, badChecksums: 0 });
    expect(health.analysis).toContainEqual(expect.stringMatching(/previous segment.*not captured/i));
    expect(file.includes('1000 bytes before this were not recorded')).toBe(true);
  });

  it('writes files in which Wireshark finds every checksum right and no segment missing', () => {
    expect(read.health.badChecksums).toBe(0);
    expect(read.health.analysis).toEqual([]);
    expect(read.health.packets).toBeGreaterThan(500);
  });
});
