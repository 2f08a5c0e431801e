import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorView, ExchangeView } from '../../server/labs/protocol.ts';
import type { BytesEvent, ConnectionEvent, TelemetryEvent } from '../../server/telemetry/protocol.ts';
import { createLab, openWire, type TestLab, type Wire } from '../support/lab.ts';
import { type App, startApp } from '../support/server.ts';
import { ACCEPT, upgrade } from '../support/websocket-bytes.ts';

const WITH_WS = readFileSync('lessons/websocket/ws/server.js', 'utf8');
const BY_HAND = readFileSync('lessons/websocket/server.js', 'utf8');
/** Says what it got, whatever that is, and ends. */
const PARROT = `
import { createServer } from 'node:net';
createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => {
    if (String(data) === 'gone') socket.destroy();
    else if (String(data) === 'long') socket.end('x'.repeat(70_000));
    else if (String(data) !== 'hush') socket.end(data);
  });
}).listen(8080);
`;

let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const lab = (server: string, at = app): Promise<TestLab> =>
  createLab(at.url, { files: { 'server.js': server, 'client.js': '', 'index.html': '' } });

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');

async function exchange(
  { call }: TestLab,
  text: string,
  port = 8080,
): Promise<ExchangeView & { text: string }> {
  const response = await call('POST', '/exchange', { port, base64: base64(text) });
  expect(response.status).toBe(200);
  const view = (await response.json()) as ExchangeView;
  return { ...view, text: Buffer.from(view.base64, 'base64').toString('latin1') };
}

async function refusal(response: Response): Promise<string> {
  return `${response.status} ${((await response.json()) as ErrorView).code}`;
}

const opened = ({ events }: Wire, connection: number | null) =>
  events.find(
    (event): event is ConnectionEvent => event.type === 'connection' && event.connection === connection,
  );
const bytesOf = ({ events }: Wire, connection: number | null, direction: 'up' | 'down') =>
  Buffer.concat(
    events
      .filter(
        (event): event is BytesEvent =>
          event.type === 'bytes' && event.connection === connection && event.direction === direction,
      )
      .map((event) => Buffer.from(event.base64!, 'base64')),
  ).toString('latin1');
const ended = (connection: number | null) => (event: TelemetryEvent) =>
  event.type === 'connection-end' && event.connection === connection;

describe('the workbench', () => {
  it('sends bytes as they are, over a connection of its own that the telemetry marks', async () => {
    const parrot = await lab(PARROT);
    const wire = await openWire(app.url, parrot);
    const bytes = 'GET /\0 HTTP/9\nA header\r\n : \xff\xfe\r\r\n\r\n';
    const answer = await exchange(parrot, bytes);
    expect(answer).toMatchObject({ run: 1, end: 'closed', text: bytes });
    await expect.poll(() => wire.events.some(ended(answer.connection))).toBe(true);
    expect(opened(wire, answer.connection)).toMatchObject({ by: 'workbench', port: 8080 });
    expect(bytesOf(wire, answer.connection, 'up')).toBe(bytes);
    expect(bytesOf(wire, answer.connection, 'down')).toBe(bytes);
    await fetch(parrot.origin).catch(() => undefined);
    await expect.poll(() => opened(wire, answer.connection! + 1)).toBeDefined();
    expect(opened(wire, answer.connection! + 1)).not.toHaveProperty('by');
    wire.close();
    await parrot.call('DELETE', '');
  });

  it('hangs up when the server has switched protocols', async () => {
    const hand = await lab(BY_HAND);
    const wire = await openWire(app.url, hand);
    const answer = await exchange(hand, upgrade());
    expect(answer.end).toBe('open');
    expect(answer.text).toContain(`HTTP/1.1 101 Switching Protocols\r\n`);
    expect(answer.text).toContain(`Sec-WebSocket-Accept: ${ACCEPT}\r\n`);
    await expect.poll(() => wire.events.find(ended(answer.connection))).toMatchObject({ by: 'browser' });
    wire.close();
    await hand.call('DELETE', '');
  });

  it('shows that ws refuses another version and names those it knows', async () => {
    const ws = await lab(WITH_WS);
    const answer = await exchange(ws, upgrade().replace('Version: 13', 'Version: 12'));
    expect(answer.end).toBe('closed');
    expect(answer.text).toMatch(/^HTTP\/1\.1 400 [^]*\r\nSec-WebSocket-Version: 13, 8\r\n/);
    await ws.call('DELETE', '');
  });

  it('waits some seconds for an answer, then tells of silence', async () => {
    const parrot = await lab(PARROT);
    const answer = await exchange(parrot, 'hush');
    expect(answer).toMatchObject({ end: 'silence', text: '' });
    expect(answer.ms).toBeGreaterThan(3_900);
    await parrot.call('DELETE', '');
  });

  it('tells how a connection ended without an answer, and bounds a long one', async () => {
    const parrot = await lab(PARROT);
    expect(await exchange(parrot, 'gone')).toMatchObject({ end: 'closed', text: '' });
    const long = await exchange(parrot, 'long');
    expect(long.end).toBe('cut-off');
    expect(long.text).toHaveLength(64 * 1024);
    await parrot.call('DELETE', '');
  });

  it('is told of a server that throws', async () => {
    const hand = await lab(BY_HAND);
    const answer = await exchange(hand, 'GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n');
    expect(answer).toMatchObject({ end: expect.stringMatching(/^(closed|reset)$/), text: '' });
    const after = await hand.call('POST', '/exchange', { port: 8080, base64: base64(upgrade()) });
    expect(await refusal(after)).toBe('409 PORT_NOT_OPEN');
    await hand.call('DELETE', '');
  });

  it('reaches ports that the code of this lab listens on, and no other', async () => {
    const [one, another] = [await lab(PARROT), await lab(PARROT.replace('8080', '8081'))];
    for (const port of [app.port, 8081, 22]) {
      const response = await one.call('POST', '/exchange', { port, base64: base64('GET') });
      expect(await refusal(response)).toBe('409 PORT_NOT_OPEN');
    }
    await Promise.all([one.call('DELETE', ''), another.call('DELETE', '')]);
  });

  it('works for those who have the token, 16 KiB at a time and five times in a second', async () => {
    const parrot = await lab(PARROT);
    const body = { port: 8080, base64: base64('hello') };
    const foreign = await fetch(`${app.url}/api/labs/${parrot.id}/exchange`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(await refusal(foreign)).toBe('401 TOKEN_REFUSED');
    for (const spoiled of [base64('x'.repeat(16 * 1024 + 3)), '', 'a', '===='])
      expect(await refusal(await parrot.call('POST', '/exchange', { ...body, base64: spoiled }))).toBe(
        '400 BAD_REQUEST',
      );
    expect((await exchange(parrot, 'x'.repeat(16 * 1024))).text).toHaveLength(16 * 1024);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => parrot.call('POST', '/exchange', body)),
    );
    expect(answers.map(({ status }) => status)).toContain(429);
    await parrot.call('DELETE', '');
  });
});

describe('behind one port', () => {
  it('the workbench reaches its own lab, whatever host is written', async () => {
    const behind = await startApp({ LAB_DOMAIN: 'labs.localhost' });
    const [one, another] = [await lab(PARROT, behind), await lab(PARROT, behind)];
    const wire = await openWire(behind.url, one);
    const host = new URL(another.origin).host;
    const answer = await exchange(one, `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    expect(answer.text).toContain(host);
    await expect.poll(() => opened(wire, answer.connection)).toMatchObject({ by: 'workbench' });
    wire.close();
    await behind.close();
  });
});
