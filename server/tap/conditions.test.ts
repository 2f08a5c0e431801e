import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { UNIMPAIRED } from '../telemetry/protocol.ts';
import type { TappedSocket } from './index.ts';
import { GET, raw, tap, tapRaw } from './test-support.ts';

const CLOSE = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

/** A browser's end that stays open; everything it received, in one text. */
function client(port: number, sent = GET): { socket: Socket; text: () => string; told: string[] } {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(sent));
  let text = '';
  const told: string[] = [];
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  for (const event of ['end', 'error', 'close']) socket.on(event, () => told.push(event));
  return { socket, text: () => text, told };
}

describe('bandwidth', () => {
  it('carries a body in packets and loses none of it', async () => {
    const body = Buffer.alloc(100_000, 'abc');
    const { port, recordings } = await tap((_request, response) => response.end(body), {
      bandwidth: 2_000_000,
    });
    const received = await raw(port, CLOSE);
    expect(received.subarray(-body.length).equals(body)).toBe(true);
    const ends = recordings[0]!.order.flatMap(
      (entry) => /^down (\d+)$/.exec(entry)?.slice(1).map(Number) ?? [],
    );
    const sizes = ends.map((end, index) => end - (ends[index - 1] ?? 0));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8000);
    expect(ends.at(-1)).toBe(received.length);
  });

  it('holds the writer back, and lets go at once when the limit falls', async () => {
    const size = 3_000_000;
    const written: number[] = [];
    const { port, recordings, network } = await tapRaw(
      (tapped) => {
        tapped.resume();
        for (let sent = 0; sent < size; sent += 10_000)
          tapped.write(Buffer.alloc(10_000), () => written.push(sent));
      },
      { bandwidth: 20_000 },
    );
    const { socket } = client(port);
    let received = 0;
    socket.on('data', (chunk) => (received += chunk.length));
    await expect.poll(() => received).toBeGreaterThan(1000);
    expect(written.length * 10_000).toBeLessThan(100_000);
    network.conditions = UNIMPAIRED;
    await expect.poll(() => received).toBe(size);
    expect(recordings[0]!.arrived.down).toBe(size);
  });

  it('holds a browser back that sends faster than its line', async () => {
    let received = 0;
    const { port, recordings, network } = await tapRaw(
      (tapped) => tapped.on('data', (chunk: Buffer) => (received += chunk.length)),
      { bandwidth: 20_000 },
    );
    const socket = connect(port, '127.0.0.1');
    socket.write(Buffer.alloc(8_000_000));
    await expect.poll(() => received).toBeGreaterThan(1000);
    // What was read at once and then not again: the window, and one read beyond it.
    expect(recordings[0]!.up.length).toBeLessThan(16 * 1024 + 2 * 65_536);
    network.conditions = UNIMPAIRED;
    await expect.poll(() => received).toBe(8_000_000);
    socket.destroy();
  });
});

describe('closing', () => {
  it('still delivers what the server wrote before it destroyed its socket', async () => {
    const { port, recordings } = await tapRaw(
      (tapped) => {
        tapped.write('last words');
        tapped.destroy();
      },
      { latencyMs: 20 },
    );
    expect(String(await raw(port, 'hello'))).toBe('last words');
    expect(await recordings[0]!.ended).toEqual({ by: 'server', error: undefined });
    expect(recordings[0]!.order.at(-1)).toBe('down 10');
  });

  it('ends without an error of its own when the run stops while the last bytes are under way', async () => {
    const { port, recordings } = await tapRaw((tapped) => {
      tapped.write('x'.repeat(4_000_000));
      tapped.destroy();
    });
    const socket = connect(port, '127.0.0.1', () => socket.pause());
    await expect.poll(() => recordings[0]?.tapped.destroyed).toBe(true);
    recordings[0]!.tapped.cut('reset', 'stop');
    expect(await recordings[0]!.ended).toEqual({ by: 'server', error: undefined });
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
  });

  it('tells the server of a browser’s reset behind the bytes sent before it', async () => {
    const seen: string[] = [];
    const { port, recordings } = await tapRaw(
      (tapped) => {
        tapped.on('data', (chunk: Buffer) => seen.push(String(chunk)));
        tapped.on('error', (error: NodeJS.ErrnoException) => seen.push(error.code!));
      },
      { latencyMs: 50 },
    );
    const socket = connect(port, '127.0.0.1', () => socket.write('hello'));
    await expect.poll(() => recordings[0]?.up.length, { interval: 1 }).toBe(5);
    socket.resetAndDestroy();
    await expect.poll(() => seen).toEqual(['hello', 'ECONNRESET']);
  });
});

describe('silence', () => {
  it('stops both directions and tells neither side; a reset ends what it left', async () => {
    const told: string[] = [];
    const { port, recordings } = await tapRaw((tapped) => {
      tapped.on('data', (chunk: Buffer) => tapped.write(chunk));
      for (const event of ['end', 'error', 'close']) tapped.on(event, () => told.push(event));
    });
    const browser = client(port, 'one');
    await expect.poll(browser.text).toBe('one');
    const { tapped, order, over } = recordings[0]!;
    tapped.cut('silence');
    browser.socket.write('two');
    tapped.write('three');
    await expect.poll(() => recordings[0]!.up.toString()).toBe('onetwo');
    expect(order).toEqual(['+up 3', 'up 3', '+down 3', 'down 3', 'silent', '+down 5', '+up 3']);
    expect([told, browser.told, browser.text()]).toEqual([[], [], 'one']);
    tapped.cut('reset');
    await expect.poll(() => browser.told).toEqual(['error', 'close']);
    expect(told).toEqual(['error', 'close']);
    expect(await recordings[0]!.ended).toEqual({ by: 'cut', error: undefined });
    expect(over.closed).toBe(true);
  });

  it('leaves the browser’s side open when the server gives up, until it closes too', async () => {
    const { port, recordings } = await tapRaw((tapped) => tapped.resume());
    const browser = client(port, 'hello');
    await expect.poll(() => recordings[0]?.arrived.up).toBe(5);
    recordings[0]!.tapped.cut('silence');
    recordings[0]!.tapped.destroy();
    expect((await recordings[0]!.ended).by).toBe('server');
    expect([recordings[0]!.over.closed, browser.told]).toEqual([false, []]);
    browser.socket.destroy();
    await expect.poll(() => recordings[0]!.over.closed).toBe(true);
  });

  it('does not tell the server that the browser has closed', async () => {
    const told: string[] = [];
    const { port, recordings } = await tapRaw((tapped) => {
      tapped.resume();
      for (const event of ['end', 'error', 'close']) tapped.on(event, () => told.push(event));
    });
    const browser = client(port, 'hello');
    await expect.poll(() => recordings[0]?.arrived.up).toBe(5);
    recordings[0]!.tapped.cut('silence');
    browser.socket.destroy();
    await once(browser.socket, 'close');
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toEqual([]);
    recordings[0]!.tapped.cut('reset', 'stop');
    expect(await recordings[0]!.ended).toEqual({ by: 'stop', error: undefined });
  });

  it('holds a server back that goes on writing', async () => {
    let taken = 0;
    const { port, recordings } = await tapRaw((tapped) => tapped.resume());
    client(port, 'hello');
    await expect.poll(() => recordings[0]?.arrived.up).toBe(5);
    const { tapped } = recordings[0]!;
    tapped.cut('silence');
    for (let count = 0; count < 100; count++) tapped.write(Buffer.alloc(20_000), () => (taken += 20_000));
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBeLessThanOrEqual(256 * 1024 + 20_000);
    expect(taken).toBeGreaterThan(0);
  });
});

const HEAD = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

/** A server that answers by hand. */
async function byHand(conditions: Parameters<typeof tapRaw>[1]) {
  let server!: TappedSocket;
  const tapped = await tapRaw((socket) => (server = socket.resume()), conditions);
  const browser = client(tapped.port);
  await expect.poll(() => tapped.recordings[0]?.arrived.up).toBe(GET.length);
  return {
    ...tapped,
    browser,
    recording: tapped.recordings[0]!,
    write: (text: string) => server.write(text, 'latin1'),
    server,
  };
}

describe('a buffering proxy', () => {
  const buffering = { proxy: 'buffering', proxyBufferBytes: 200 } as const;

  it('holds a response until its buffer is full, then passes it on in one piece', async () => {
    const { write, recording, browser } = await byHand(buffering);
    recording.order.length = 0;
    write(HEAD);
    write(`5\r\nhello\r\n`);
    expect(browser.text()).toBe('');
    write(`96\r\n${'x'.repeat(0x96)}\r\n`);
    const all = recording.down.length;
    await expect.poll(() => browser.text().length).toBe(all);
    expect(recording.order).toEqual([
      `+down ${HEAD.length}`,
      `at down ${HEAD.length}`,
      '+down 10',
      `at down ${HEAD.length + 10}`,
      `+down ${0x96 + 6}`,
      `at down ${all}`,
      `left down ${all}`,
      `down ${all}`,
    ]);
  });

  it('passes on what it holds at the end of the response, and holds what is already of the next', async () => {
    const { write, browser, recording } = await byHand(buffering);
    browser.socket.write(GET);
    await expect.poll(() => recording.arrived.up).toBe(2 * GET.length);
    write(HEAD);
    write('1\r\na\r\n');
    write(`0\r\n\r\n${HEAD}`);
    await expect.poll(browser.text).toBe(`${HEAD}1\r\na\r\n0\r\n\r\n`);
    write('0\r\n\r\n');
    await expect.poll(browser.text).toBe(`${HEAD}1\r\na\r\n0\r\n\r\n${HEAD}0\r\n\r\n`);
  });

  it('passes on what it holds when the server closes', async () => {
    const { server, browser } = await byHand(buffering);
    server.end('HTTP/1.0 200 OK\r\n\r\nhi');
    await expect.poll(browser.text).toBe('HTTP/1.0 200 OK\r\n\r\nhi');
    expect(browser.told).toEqual(['end']);
  });

  it('holds nothing after a 101, and nothing that is not HTTP', async () => {
    const upgraded = await byHand(buffering);
    upgraded.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n');
    upgraded.write('\x81\x02hi');
    await expect.poll(() => upgraded.browser.text().endsWith('\r\n\r\n\x81\x02hi')).toBe(true);
    const other = await byHand(buffering);
    other.write('+OK ready');
    await expect.poll(other.browser.text).toBe('+OK ready');
  });

  it('lets go of what it holds when it is taken out of the way', async () => {
    const { write, browser, network, recording } = await byHand(buffering);
    write(HEAD);
    network.conditions = UNIMPAIRED;
    await expect.poll(browser.text).toBe(HEAD);
    expect(recording.order).toContain(`left down ${HEAD.length}`);
  });

  it('holds the rest of a response in whose middle it was put in the way', async () => {
    const { write, browser, network } = await byHand({});
    write(HEAD);
    await expect.poll(browser.text).toBe(HEAD);
    network.conditions = { ...UNIMPAIRED, ...buffering };
    write('1\r\na\r\n');
    write('0\r\n\r\n');
    await expect.poll(browser.text).toBe(`${HEAD}1\r\na\r\n0\r\n\r\n`);
  });
});

describe('an idle-timeout proxy', () => {
  const idle = { proxy: 'idle-timeout', proxyIdleMs: 100, latencyMs: 4 } as const;

  it('answers 504 for a server that does not, and closes towards both', async () => {
    let closed = false;
    const { port, recordings } = await tap((request) => request.on('close', () => (closed = true)), idle);
    const received = (await raw(port, GET)).toString('latin1');
    expect(received).toMatch(/^HTTP\/1\.1 504 Gateway Timeout\r\n/);
    expect(await recordings[0]!.ended).toEqual({ by: 'proxy', error: undefined });
    expect(recordings[0]!.down.toString('latin1')).toBe(received);
    expect(recordings[0]!.order).toContain(`+down ${received.length} by proxy`);
    expect(recordings[0]!.order.filter((entry) => /^(at|left) down/.test(entry))).toEqual([]);
    await expect.poll(() => closed).toBe(true);
    await expect.poll(() => recordings[0]!.over.closed).toBe(true);
  });

  it('just closes in the middle of a response', async () => {
    const { write, browser, recording } = await byHand(idle);
    write(HEAD);
    await expect.poll(() => browser.told).toEqual(['end']);
    expect(browser.text()).toBe(HEAD);
    expect((await recording.ended).by).toBe('proxy');
  });

  it('just closes between requests', async () => {
    const { port, recordings } = await tap((_request, response) => response.end('hi'), idle);
    const browser = client(port);
    await expect.poll(() => browser.told).toEqual(['end']);
    expect(browser.text()).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*\r\n\r\nhi$/);
    expect((await recordings[0]!.ended).by).toBe('proxy');
  });

  it('resets a server that writes to the connection it has closed', async () => {
    const { server, browser, recording } = await byHand(idle);
    const failed = once(server, 'error');
    await expect.poll(() => browser.told).toEqual(['end']);
    server.write('too late');
    expect(((await failed)[0] as NodeJS.ErrnoException).code).toBe('ECONNRESET');
    expect(recording.down.toString('latin1')).not.toContain('too late');
  });

  it('is kept awake by whatever passes', async () => {
    const { write, browser, network, recording } = await byHand({ ...idle, proxyIdleMs: 600 });
    write(HEAD);
    for (let beat = 0; beat < 8; beat++) {
      write('1\r\n.\r\n');
      await expect.poll(() => browser.text().length).toBe(HEAD.length + 6 * (beat + 1));
      // Together longer than the proxy waits, each much shorter.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(recording.over.ended).toBe(false);
    network.conditions = UNIMPAIRED;
  });
});
