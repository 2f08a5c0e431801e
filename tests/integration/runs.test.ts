import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorView, LabView } from '../../server/labs/protocol.ts';
import type { TelemetryEvent } from '../../server/telemetry/protocol.ts';
import { createLab, openWire, type TestLab, type Wire } from '../support/lab.ts';
import { type App, startApp } from '../support/server.ts';

const HELLO = `
import { createServer } from 'node:http';
createServer((req, res) => res.end('hello')).listen(8080);
`;

let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

function lab(server: string): Promise<TestLab> {
  return createLab(app.url, { files: { 'server.js': server, 'client.js': '', 'index.html': '' } });
}

/** The first event that `is`, once it has come. */
async function eventually<E extends TelemetryEvent>(
  wire: Wire,
  is: (event: TelemetryEvent) => event is E,
): Promise<E> {
  await expect.poll(() => wire.events.some(is)).toBe(true);
  return wire.events.find(is)!;
}

const failed = (event: TelemetryEvent): event is Extract<TelemetryEvent, { type: 'state' }> =>
  event.type === 'state' && event.state === 'failed';
const cutOff = (event: TelemetryEvent): event is Extract<TelemetryEvent, { type: 'connection-end' }> =>
  event.type === 'connection-end' && event.by === 'cut';

describe('a lab', () => {
  it('runs again with other files, under the next number, on the same port', async () => {
    const first = await lab(HELLO);
    expect(first).toMatchObject({ run: 1, state: 'listening', page: { url: `${first.origin}/.lab/1/` } });
    const files = { 'server.js': HELLO.replace('hello', 'again'), 'client.js': '', 'index.html': '' };
    const second = (await (await first.call('POST', '/run', { files })).json()) as LabView;
    expect(second).toMatchObject({ run: 2, state: 'listening', ports: [{ port: 8080 }] });
    expect(await (await fetch(second.ports[0]!.url)).text()).toBe('again');
    await first.call('DELETE', '');
  });

  it('answers 422 with file, line and column when a file does not parse, and records no run of it', async () => {
    const created = await lab(HELLO);
    const wire = await openWire(app.url, created);
    const response = await created.call('POST', '/run', { files: { 'server.js': 'let a;\nlet b = ;' } });
    expect(response.status).toBe(422);
    expect((await response.json()) as ErrorView).toMatchObject({
      code: 'SYNTAX_ERROR',
      file: 'server.js',
      line: 2,
      column: 9,
    });
    const error = await eventually(wire, failed);
    expect(error.error?.code).toBe('SYNTAX_ERROR');
    expect(wire.events.some(({ type }) => type === 'thrown')).toBe(false);
    wire.close();
  });

  it('says on the wire what server.js threw in its first turn, after what it printed', async () => {
    const created = await lab(`console.log('before');\nnothing.there();`);
    expect(created).toMatchObject({ state: 'failed', page: null, ports: [] });
    const wire = await openWire(app.url, created);
    const { error } = await eventually(wire, failed);
    expect(error).toMatchObject({
      code: 'SERVER_THREW',
      message: 'ReferenceError: nothing is not defined',
      at: { file: 'server.js', line: 2 },
    });
    const order = wire.events
      .map(({ type }) => type)
      .filter((type) => type === 'console' || type === 'thrown');
    expect(order).toEqual(['console', 'thrown']);
    wire.close();
  });

  it('refuses a second listen on a port that is open or being opened', async () => {
    const created = await lab(`${HELLO}\ncreateServer(() => {}).listen(8080);`);
    const wire = await openWire(app.url, created);
    const { error } = await eventually(wire, failed);
    expect(error).toMatchObject({ code: 'PORT_REFUSED', params: { port: 8080 } });
    wire.close();
  });

  it('gives two labs that listen on one port two origins', async () => {
    const [one, two] = await Promise.all([lab(HELLO), lab(HELLO.replace('hello', 'other'))]);
    expect(one.ports[0]!.port).toBe(8080);
    expect(two.ports[0]!.port).toBe(8080);
    expect(one.origin).not.toBe(two.origin);
    const texts = await Promise.all([one, two].map(async ({ origin }) => (await fetch(origin)).text()));
    expect(texts).toEqual(['hello', 'other']);
  });

  it('serves its page with the runtime in front, and never server.js', async () => {
    const created = await createLab(app.url, {
      files: { 'server.js': HELLO, 'client.js': 'run();', 'index.html': '<script src="client.js"></script>' },
    });
    const page = await fetch(created.page!.url);
    expect(page.headers.get('origin-agent-cluster')).toBe('?1');
    const html = await page.text();
    expect(html).toMatch(
      /^<script src="\/\.lab\/1\/runtime\.js"[^>]*><\/script><script src="\/\.lab\/1\/client\.js">/,
    );
    expect((await fetch(`${created.page!.url}client.js`)).status).toBe(200);
    expect((await fetch(`${created.page!.url}server.js`)).status).toBe(404);
    expect((await fetch(created.page!.url.replace('/1/', '/2/'))).status).toBe(404);
  });

  it('keeps the traffic of its page off the record', async () => {
    const created = await lab(HELLO);
    const wire = await openWire(app.url, created);
    await fetch(created.page!.url);
    await (await fetch(`${created.origin}/asked`)).text();
    const connection = (event: TelemetryEvent): event is Extract<TelemetryEvent, { type: 'connection' }> =>
      event.type === 'connection';
    await eventually(wire, connection);
    await eventually(
      wire,
      (event): event is Extract<TelemetryEvent, { type: 'request' }> => event.type === 'request',
    );
    const up = wire.events.flatMap((event) =>
      event.type === 'bytes' && event.direction === 'up'
        ? [Buffer.from(event.base64!, 'base64').toString()]
        : [],
    );
    expect(up.join('')).toMatch(/^GET \/asked HTTP\/1\.1\r\n/);
    expect(up.join('')).not.toContain('/.lab/');
    wire.close();
  });

  it('answers for its page also on a connection on which the browser has talked to server.js', async () => {
    const created = await lab(HELLO);
    const wire = await openWire(app.url, created);
    const { port, pathname } = new URL(created.page!.url);
    const socket = connect(Number(port), '127.0.0.1');
    let got = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (got += chunk));
    const ask = (target: string) => socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    ask('/asked');
    await expect.poll(() => got).toMatch(/hello/);
    ask(pathname);
    await new Promise((resolve) => socket.on('close', resolve));
    expect(got).toMatch(/hello[^]*HTTP\/1\.1 200 OK\r\n[^]*Connection: close\r\n[^]*runtime\.js/);
    await expect.poll(() => wire.events.filter(({ type }) => type === 'connection-end')).toHaveLength(1);
    // For the server code the browser has closed; nothing of the page is on the record.
    expect(wire.events.filter(({ type }) => type === 'connection-end')).toMatchObject([{ by: 'browser' }]);
    expect(wire.events.filter(({ type }) => type === 'request')).toMatchObject([{ target: '/asked' }]);
    const carried = wire.events.map((event) =>
      event.type === 'bytes' ? Buffer.from(event.base64!, 'base64').toString('latin1') : '',
    );
    expect(carried.join('')).not.toContain('.lab');
    wire.close();
  });

  it('cuts what is open, and delays what comes after the network was changed', async () => {
    const created = await lab(`import { createServer } from 'node:http';
      createServer((req, res) => (req.url === '/held' ? undefined : res.end('hello'))).listen(8080);`);
    const wire = await openWire(app.url, created);
    const held = fetch(`${created.origin}/held`).catch((error: unknown) => error);
    await eventually(
      wire,
      (event): event is Extract<TelemetryEvent, { type: 'request' }> => event.type === 'request',
    );
    expect(await (await created.call('POST', '/cut')).json()).toEqual({ connections: 1, planned: null });
    expect(await held).toBeInstanceOf(TypeError);
    await eventually(wire, cutOff);

    expect(await (await created.call('PATCH', '/conditions', { latencyMs: 40 })).json()).toMatchObject({
      latencyMs: 40,
    });
    await (await fetch(created.origin)).text();
    const entered = wire.events.findLast((event) => event.type === 'bytes' && event.direction === 'up')!;
    const arrived = await eventually(
      wire,
      (event): event is Extract<TelemetryEvent, { type: 'arrived' }> =>
        event.type === 'arrived' && event.direction === 'up' && event.t > entered.t,
    );
    expect(arrived.t - entered.t).toBeGreaterThanOrEqual(40);
    wire.close();
  });

  it('cuts at a time of the run, which is announced and can be called off', async () => {
    const created = await lab(`import { createServer } from 'node:http';
      createServer(() => {}).listen(8080);`);
    const wire = await openWire(app.url, created);
    const held = fetch(`${created.origin}/held`).catch((error: unknown) => error);
    await eventually(
      wire,
      (event): event is Extract<TelemetryEvent, { type: 'request' }> => event.type === 'request',
    );
    const cut = async (body: unknown): Promise<unknown> => (await created.call('POST', '/cut', body)).json();
    expect(await cut({ at: 600_000, mode: 'silence' })).toEqual({ connections: 0, planned: 600_000 });
    expect(await cut({ at: null })).toEqual({ connections: 0, planned: null });
    const { t } = (await (await created.call('GET', '/clock')).json()) as { t: number };
    expect(await cut({ at: t + 300 })).toEqual({ connections: 0, planned: t + 300 });
    const end = await eventually(wire, cutOff);
    expect(end.t).toBeGreaterThanOrEqual(t + 300);
    expect(await held).toBeInstanceOf(TypeError);
    const planned = (event: TelemetryEvent) => (event.type === 'cut-planned' ? [event.due] : []);
    await expect.poll(() => wire.events.flatMap(planned)).toEqual([600_000, null, t + 300, null]);
    wire.close();
  });

  it('gives the run as a pcapng file: live, so far, and when it has ended', async () => {
    const created = await lab(HELLO);
    const live = await fetch(
      `${app.url}/api/labs/${created.id}/capture.pcapng?follow=1&token=${created.token}`,
    );
    expect(live.headers.get('content-type')).toBe('application/x-pcapng');
    const received: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of live.body!) received.push(chunk as Uint8Array);
    })();
    await (await fetch(created.origin, { headers: { connection: 'close' } })).text();
    const saved = async (): Promise<Buffer> =>
      Buffer.from(await (await created.call('GET', '/capture.pcapng')).arrayBuffer());
    await expect.poll(async () => (await saved()).includes('GET / HTTP/1.1')).toBe(true);
    await created.call('POST', '/stop');
    const file = await saved();
    await expect.poll(() => Buffer.concat(received).equals(file)).toBe(true);
    await created.call('DELETE', '');
    await reading;
  });

  it('stops: ports are closed, connections reset, and the state says so', async () => {
    const created = await lab(HELLO);
    const stopped = (await (await created.call('POST', '/stop')).json()) as LabView;
    expect(stopped).toMatchObject({ state: 'stopped', page: null, ports: [] });
    await expect(fetch(created.origin)).rejects.toThrow();
  });

  it('is gone after DELETE', async () => {
    const created = await lab(HELLO);
    expect((await created.call('DELETE', '')).status).toBe(204);
    const response = await created.call('GET', '');
    expect(response.status).toBe(404);
    expect(((await response.json()) as ErrorView).code).toBe('LAB_NOT_FOUND');
  });
});
