import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { monotonicMs } from '../clock.ts';
import { UNIMPAIRED } from '../telemetry/protocol.ts';
import { attribute, Network, TappedSocket } from './index.ts';
import { GET, raw, tap } from './test-support.ts';

const LAST = 'GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

test('records both directions of pipelined keep-alive requests byte for byte', async () => {
  const { port, recordings } = await tap((request, response) => response.end(`you asked ${request.url}`));
  const received = await raw(port, GET + GET, LAST);
  const [recording] = recordings;
  expect(recording!.up.toString('latin1')).toBe(GET + GET + LAST);
  expect(recording!.down.equals(received)).toBe(true);
  expect(recording!.arrived).toEqual({ up: recording!.up.length, down: received.length });
  expect(await recording!.ended).toEqual({ by: 'server', error: undefined });
});

test('carries 3 MB each way through back-pressure without losing a byte', async () => {
  const body = Buffer.alloc(3 * 1024 * 1024, 'abcdefg');
  const { port, recordings } = await tap(
    (request, response) => {
      response.setHeader('Connection', 'close');
      request.pipe(response);
    },
    { latencyMs: 1 },
  );
  const received = await raw(
    port,
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`,
    body,
  );
  expect(recordings[0]!.down.equals(received)).toBe(true);
  expect(recordings[0]!.up.subarray(-body.length).equals(body)).toBe(true);
});

test('keeps its copy when a reader changes the bytes in place', async () => {
  const { port, recordings } = await tap((request, response) => {
    request.on('data', (chunk: Buffer) => chunk.fill(0));
    request.on('end', () => response.end());
  });
  await raw(port, 'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello');
  expect(recordings[0]!.up.toString('latin1').endsWith('\r\n\r\nhello')).toBe(true);
});

test('tells which call wrote which bytes', async () => {
  const { port, recordings } = await tap((_request, response) => {
    response.setHeader('Connection', 'close');
    attribute({ name: 'res.write', position: { file: 'server.js', line: 3, column: 5 } }, () =>
      response.write('one'),
    );
    attribute({ name: 'res.end' }, () => response.end('two'));
  });
  await raw(port, GET);
  const [recording] = recordings;
  expect(recording!.writes.map(({ call }) => call.name)).toEqual(['res.write', 'res.end']);
  const [first, second] = recording!.writes;
  expect(recording!.down.subarray(first!.offset, first!.offset + first!.length).toString()).toMatch(
    /^HTTP[^]*3\r\none\r\n$/,
  );
  expect(recording!.down.subarray(second!.offset).toString()).toBe('3\r\ntwo\r\n0\r\n\r\n');
  expect(second!.offset + second!.length).toBe(recording!.down.length);
});

test('records what leaves in one piece as one piece', async () => {
  const { port, recordings } = await tap((_request, response) => {
    response.setHeader('Connection', 'close');
    response.end(Buffer.from('head and body are two writes under one cork'));
  });
  await raw(port, GET);
  expect(recordings[0]!.order.filter((entry) => entry.startsWith('+down'))).toHaveLength(1);
  expect(recordings[0]!.order.filter((entry) => entry.startsWith('down'))).toHaveLength(1);
});

test('delivers nothing before it entered, and in order, when the network is slow', async () => {
  const { port, recordings } = await tap(
    (_request, response) => {
      response.setHeader('Connection', 'close');
      response.write('a');
      response.end('b');
    },
    { latencyMs: 15 },
  );
  const received = await raw(port, GET);
  const { order, down } = recordings[0]!;
  expect(order[0]).toBe(`+up ${GET.length}`);
  expect(order[1]).toBe(`up ${GET.length}`);
  expect(order.findIndex((entry) => entry.startsWith('+down'))).toBe(2);
  expect(order.at(-1)).toBe(`down ${down.length}`);
  expect(received.equals(down)).toBe(true);
});

test('a cut resets the browser and tells the server code', async () => {
  const requests: Promise<unknown>[] = [];
  const { port, recordings } = await tap((request) =>
    requests.push(new Promise((resolve) => request.on('close', resolve))),
  );
  const socket = connect(port, '127.0.0.1', () => socket.write(GET));
  const failed = new Promise<NodeJS.ErrnoException>((resolve) => socket.on('error', resolve));
  await expect.poll(() => requests.length).toBe(1);
  recordings[0]!.tapped.cut();
  expect((await failed).code).toBe('ECONNRESET');
  await requests[0];
  expect((await recordings[0]!.ended).by).toBe('cut');
});

test('says that the browser ended a connection it aborted', async () => {
  const { port, recordings } = await tap((_request, response) => void response.write('never ends'));
  const socket = connect(port, '127.0.0.1', () => socket.write(GET));
  await once(socket, 'data');
  socket.resetAndDestroy();
  await expect.poll(() => recordings.length).toBe(1);
  expect(await recordings[0]!.ended).toEqual({ by: 'browser', error: 'ECONNRESET' });
});

test('stamps a cut before the browser can act on it', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  const [socket] = (await once(server, 'connection')) as [Socket];
  const untold = () => undefined;
  const observer = { bytes: untold, atProxy: untold, leftProxy: untold, arrived: untold, written: untold };
  let endedAt = Infinity;
  const tapped = new TappedSocket(socket, {
    network: new Network(UNIMPAIRED),
    observer: { ...observer, silent: untold, ended: (at) => (endedAt = at), closed: untold },
  });
  tapped.on('error', untold);
  let resetAt = -Infinity;
  const reset = socket.resetAndDestroy.bind(socket);
  socket.resetAndDestroy = () => {
    resetAt = monotonicMs();
    return reset();
  };
  tapped.cut();
  expect(endedAt).toBeLessThanOrEqual(resetAt);
  browser.destroy();
  server.close();
});
