import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomOf } from '../../client/race/model/random.ts';
import { HOLD_S, KEPT_BYTES, PRESENCE_MS } from '../../server/chat/limits.ts';
import { TECHNIQUES, type RoomEvent } from '../../server/chat/protocol.ts';
import { sourcesIn } from '../architecture/sources.ts';
import { cutAtRandom } from './cuts.ts';
import { listen, type Listener } from './listener.ts';
import { startRoomServer, type RoomServer } from './room-server.ts';

const SEED = 101;
const MESSAGES = 1_000;

let server: RoomServer;
let listeners: Listener[];

beforeEach(async () => {
  server = await startRoomServer();
  listeners = [];
});
afterEach(async () => {
  for (const listener of listeners) listener.close();
  await server.close();
});

function join(...techniques: (typeof TECHNIQUES)[number][]): Listener[] {
  const joined = techniques.map((technique) => listen(technique, server.url));
  listeners.push(...joined);
  return joined;
}

const textsOf = ({ events }: Listener): string[] =>
  events.flatMap((event) => (event.type === 'message' ? [event.text] : []));
const gapsOf = ({ events }: Listener): RoomEvent[] => events.filter(({ type }) => type === 'gap');

describe('techniques', () => {
  it('have one name in lessons, server and browser', () => {
    const named = (folder: string) =>
      sourcesIn(folder, ['.ts'])
        .map(({ path }) => path.slice(path.lastIndexOf('/') + 1, -'.ts'.length))
        .sort();
    const all = [...TECHNIQUES].sort();
    expect(named('server/chat/transports')).toEqual(all);
    expect(named('client/chat/transports')).toEqual(all);
    const lessons = sourcesIn('lessons', ['lesson.ts']).map(({ path }) => path.split('/')[1]!);
    // What is no technique of its own: the beginning, the attack, the choice and the race.
    const others = ['request-response', 'csrf', 'fallback', 'race'];
    expect(
      lessons.filter(
        (lesson) => !others.includes(lesson) && !named('server/chat/transports').includes(lesson),
      ),
    ).toEqual([]);
  });
});

describe.each(TECHNIQUES)('%s', (technique) => {
  it(`hands over ${MESSAGES} messages in order, none lost and none twice, while it is cut every 200 ms`, async () => {
    const [listener] = join(technique) as [Listener];
    const stopCutting = cutAtRandom(randomOf(SEED), 200, () => listener.cut());
    const said = Array.from({ length: MESSAGES }, (_, index) => `message ${index}`);
    // Bursts of one to nine within some 3 s.
    const random = randomOf(SEED + 1);
    for (let at = 0; at < MESSAGES;) {
      const burst = 1 + Math.floor(random() * 9);
      await server.say(...said.slice(at, at + burst));
      at += burst;
      await new Promise((resolve) => setTimeout(resolve, random() * 20));
    }
    stopCutting();
    await expect.poll(() => textsOf(listener).length).toBeGreaterThanOrEqual(MESSAGES);
    expect(textsOf(listener)).toEqual(said);
    expect(gapsOf(listener)).toEqual([]);
    expect(listener.endings.length).toBeGreaterThan(5);
  });

  it('goes on after 30 s away with all that was said', async () => {
    const [before] = join(technique) as [Listener];
    await server.say('one');
    await expect.poll(() => textsOf(before)).toEqual(['one']);
    before.close();
    await server.say('two', 'three');
    server.clock.advance(30_000);
    const after = listen(technique, server.url, before.events[before.events.length - 1]!.id);
    listeners.push(after);
    await expect.poll(() => textsOf(after)).toEqual(['two', 'three']);
    expect(gapsOf(after)).toEqual([]);
  });
});

const STREAMS = [
  'xhr-streaming',
  'forever-iframe',
  'htmlfile',
  'sse',
  'xdomainrequest',
  'websocket',
] as const;
const HELD = ['long-polling', 'cors', 'jsonp'] as const;

describe('the room', () => {
  it('is the same for 100 clients of mixed transports', async () => {
    const all = join(...Array.from({ length: 100 }, (_, index) => TECHNIQUES[index % TECHNIQUES.length]!));
    const said = Array.from({ length: 50 }, (_, index) => `message ${index}`);
    for (const text of said) await server.say(text);
    await expect.poll(() => all.filter((each) => textsOf(each).length < said.length).length).toBe(0);
    for (const listener of all) expect(textsOf(listener)).toEqual(said);
    const [first, ...others] = all.map(({ events }) => events);
    for (const events of others) expect(events).toEqual(first);
  });

  it.each([...STREAMS, ...HELD])(
    'takes who listens by %s for present, and who is silent for gone',
    async (technique) => {
      const ada = server.room.join('Ada');
      listeners.push(listen(technique, server.url, undefined, ada.key));
      await expect.poll(() => ada.listening).toBe(1);
      await expect.poll(() => server.readers.size + server.held.size).toBe(1);
      server.clock.advance(PRESENCE_MS + 2_000);
      expect(server.room.view().members).toMatchObject([{ name: 'Ada' }]);
    },
  );

  it('says something into the silence of every stream, and answers what is held, before a proxy gives up', async () => {
    const all = join(...STREAMS, ...HELD);
    await expect.poll(() => server.readers.size + server.held.size).toBe(all.length);
    server.clock.advance(HOLD_S * 1_000 + 1_000);
    // Held ones were answered, and asked again; streams and sockets are as they were.
    for (const { technique, endings } of all) {
      const isHeld = (HELD as readonly string[]).includes(technique);
      await expect.poll(() => endings.length, { message: technique }).toBe(isHeld ? 1 : 0);
    }
  });
});

describe('a server that stops', () => {
  it('ends every stream in order, answers what is held, and says goodbye to sockets', async () => {
    const all = join(...TECHNIQUES.filter((technique) => technique !== 'polling'));
    await server.say('one');
    await expect.poll(() => all.every((each) => textsOf(each).length === 1)).toBe(true);
    await expect.poll(() => server.readers.size + server.held.size).toBe(all.length);
    const before = all.map(({ endings }) => endings.length);
    const closing = server.close();
    for (const [index, { technique, endings }] of all.entries()) {
      await expect
        .poll(() => endings[before[index]!], { message: technique })
        .toBe(technique === 'websocket' ? 1001 : 'in order');
    }
    await closing;
  });
});

describe.each(STREAMS)('a slow reader of %s', (technique) => {
  it('costs a bounded amount, and is told what it missed', async () => {
    const [listener] = join(technique) as [Listener];
    await expect.poll(() => server.readers.size).toBe(1);
    const [socket] = [...server.sockets];
    // As if its kernel took nothing more: what is written stays in the server's queue.
    socket!.cork();
    const text = 'x'.repeat(1_000);
    let said = 0;
    const most = 2 * KEPT_BYTES;
    for (; said * text.length < most; said += 20) await server.say(...Array.from({ length: 20 }, () => text));
    expect(socket!.writableLength).toBeLessThan(200_000);
    socket!.uncork();
    await server.say('last');
    await expect.poll(() => textsOf(listener).at(-1)).toBe('last');
    const lost = gapsOf(listener).reduce((sum, gap) => sum + (gap.type === 'gap' ? (gap.lost ?? 0) : 0), 0);
    expect(lost).toBeGreaterThan(0);
    expect(textsOf(listener).length + lost).toBe(said + 1);
  });
});
