import { spawn } from 'node:child_process';
import { EventSource } from 'eventsource';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startRoomServer, type RoomServer } from './room-server.ts';

let server: RoomServer;

beforeEach(async () => {
  server = await startRoomServer();
});
afterEach(() => server.close());

describe('clients of other hands', () => {
  it('npm’s eventsource hears the room, and comes back after a cut where it was', async () => {
    const source = new EventSource(`${server.url}/sse`);
    const ids: string[] = [];
    const texts: string[] = [];
    source.onmessage = ({ data, lastEventId }) => {
      ids.push(lastEventId);
      texts.push((JSON.parse(data) as { text?: string }).text ?? '');
    };
    await expect.poll(() => ids.length).toBe(1);
    await server.say('before');
    await expect.poll(() => texts).toEqual(['', 'before']);
    for (const socket of server.sockets) socket.resetAndDestroy();
    await server.say('while it was away');
    await expect.poll(() => texts).toEqual(['', 'before', 'while it was away']);
    source.close();
  });

  it('npm’s ws hears and speaks, and is told what is wrong with what it sends', async () => {
    const { key } = server.room.join('Ada');
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/websocket?key=${key}`);
    const frames: Record<string, unknown>[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Record<string, unknown>));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('no JSON');
    socket.send(JSON.stringify({ type: 'send', seq: 1, text: 'hello' }));
    await expect
      .poll(() => frames.map(({ type }) => type))
      .toEqual(['joined', 'joined', 'refused', 'sent', 'message']);
    expect(frames[2]).toMatchObject({ seq: null, code: 'BAD_REQUEST' });
    expect(frames[3]).toMatchObject({ seq: 1, id: frames[4]!.id });
    socket.terminate();
  });

  it('curl -N shows each line as it is said', async () => {
    const curl = spawn('curl', ['-sN', `${server.url}/xhr-streaming`]);
    let shown = '';
    curl.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
    await expect.poll(() => shown).toContain('"joined"');
    await server.say('for curl');
    await expect.poll(() => shown).toMatch(/"text":"for curl"\}\n$/);
    curl.kill();
  });

  it.each([
    ['a cursor of another form', '/polling?after=12', 'querystring/after must match pattern'],
    ['a callback that is code', '/jsonp?callback=alert(1)', 'querystring/callback must match pattern'],
    ['a frame without a callback', '/forever-iframe', "must have required property 'callback'"],
  ])('are told what is wrong with %s', async (_what, path, words) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining(words),
    });
  });
});
