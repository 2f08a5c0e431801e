import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TELEMETRY_VERSION, type ServerMessage, type TelemetryEvent } from '#protocol/telemetry';
import { createLink, type Link, type LinkOptions } from './link.ts';

const HELLO: ServerMessage = { type: 'hello', version: TELEMETRY_VERSION, lab: 'a', run: 1 };

function event(seq: number): TelemetryEvent {
  return { type: 'timer', kind: 'interval', t: seq, seq };
}

/** What an app's server does with telemetry, as far as the link can see it. */
class FakeServer {
  readonly http: Server = createServer((request, response) => {
    this.asked.push(request.url!);
    if (this.refuse.eventStream) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${JSON.stringify(HELLO)}\n\n`);
    this.send = (message) => response.write(`data: ${JSON.stringify(message)}\n\n`);
    this.drop = () => response.destroy();
  });
  readonly sockets = new WebSocketServer({ noServer: true });
  /** Addresses that were asked for, WebSocket's with `ws:` in front. */
  asked: string[] = [];
  refuse = { webSocket: false, hello: false, eventStream: false };
  send: (message: ServerMessage) => void = () => undefined;
  drop: () => void = () => undefined;

  constructor() {
    this.http.on('upgrade', (request, socket, head) => {
      this.asked.push(`ws:${request.url}`);
      if (this.refuse.webSocket) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
        if (this.refuse.hello) return;
        this.send = (message) => webSocket.send(JSON.stringify(message));
        this.drop = () => webSocket.terminate();
        this.send(HELLO);
        webSocket.on('message', (data) => {
          const { id } = JSON.parse(String(data)) as { id: number };
          this.send({ type: 'pong', id, run: 1, t: 1000 + id });
        });
      });
    });
  }

  async listen(): Promise<number> {
    this.http.listen(0);
    await once(this.http, 'listening');
    return (this.http.address() as AddressInfo).port;
  }
}

/** `ws` throws errors that nobody listens to; browsers tell of them by `close` alone. */
class QuietWebSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    this.on('error', () => undefined);
  }
}

/** As much of EventSource (HTML §9.2) as the link uses; Node 20 has none. */
class StreamSource {
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #abort = new AbortController();
  constructor(url: string) {
    void this.#read(url);
  }
  close(): void {
    this.#abort.abort();
  }
  async #read(url: string): Promise<void> {
    try {
      const response = await fetch(url, { signal: this.#abort.signal });
      if (!response.ok) throw new Error(String(response.status));
      let text = '';
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) this.onmessage?.({ data: block.replace(/^data: /, '') });
      }
      throw new Error('ended');
    } catch {
      if (!this.#abort.signal.aborted) this.onerror?.();
    }
  }
}

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

async function linkTo(server: FakeServer, options: Partial<LinkOptions> = {}) {
  const port = await server.listen();
  const seen = {
    events: [] as number[],
    open: vi.fn(),
    lost: vi.fn(),
    stillLost: vi.fn(),
    gone: vi.fn(),
    clock: vi.fn(),
  };
  const link: Link = createLink({
    url: (after, webSocket) => `${webSocket ? 'ws' : 'http'}://localhost:${port}/wire?after=${after}`,
    readClock: () => Promise.resolve({ run: 1, t: 77 }),
    probe: () => Promise.resolve('unreachable'),
    onEvents: (events) => seen.events.push(...events.map(({ seq }) => seq)),
    onClock: seen.clock,
    onOpen: seen.open,
    onLost: seen.lost,
    onStillLost: seen.stillLost,
    onGone: seen.gone,
    WebSocket: QuietWebSocket as unknown as typeof globalThis.WebSocket,
    EventSource: StreamSource as unknown as typeof globalThis.EventSource,
    ...options,
  });
  ends.push(() => {
    link.close();
    server.http.closeAllConnections();
    server.http.close();
  });
  return { link, seen };
}

describe('the link', () => {
  it('opens a WebSocket, says so, and hands over events', async () => {
    const server = new FakeServer();
    const { seen } = await linkTo(server);
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalledWith('websocket'));
    server.send({ type: 'events', events: [event(1), event(2)] });
    await vi.waitFor(() => expect(seen.events).toEqual([1, 2]));
  });

  it('falls back to the event stream when the upgrade is refused', async () => {
    const server = new FakeServer();
    server.refuse.webSocket = true;
    const { seen } = await linkTo(server);
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalledWith('event-stream'));
    server.send({ type: 'events', events: [event(1)] });
    await vi.waitFor(() => expect(seen.events).toEqual([1]));
    expect(server.asked).toEqual(['ws:/wire?after=0', '/wire?after=0']);
  });

  it('falls back when the WebSocket opens and then says nothing, as behind some proxies', async () => {
    const server = new FakeServer();
    server.refuse.hello = true;
    const { seen } = await linkTo(server, { helloTimeoutMs: 20 });
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalledWith('event-stream'));
  });

  it('comes back after a loss and asks for what it missed', async () => {
    const server = new FakeServer();
    const { seen } = await linkTo(server);
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalled());
    server.send({ type: 'events', events: [event(1), event(2)] });
    await vi.waitFor(() => expect(seen.events).toEqual([1, 2]));
    server.drop();
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalledTimes(2));
    expect(seen.lost).toHaveBeenCalledTimes(1);
    expect(server.asked).toEqual(['ws:/wire?after=0', 'ws:/wire?after=2']);
  });

  it('comes back first by what worked last', async () => {
    const server = new FakeServer();
    server.refuse.webSocket = true;
    const { seen } = await linkTo(server);
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalled());
    server.drop();
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalledTimes(2));
    expect(server.asked.slice(2)).toEqual(['/wire?after=0']);
  });

  it('goes on trying while nobody answers', async () => {
    const server = new FakeServer();
    Object.assign(server.refuse, { webSocket: true, eventStream: true });
    const { seen } = await linkTo(server);
    await vi.waitFor(() => expect(seen.stillLost).toHaveBeenCalled());
    Object.assign(server.refuse, { webSocket: false, eventStream: false });
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalledWith('websocket'));
  });

  it('gives up when the lab is gone', async () => {
    const server = new FakeServer();
    Object.assign(server.refuse, { webSocket: true, eventStream: true });
    const reason = { code: 'LAB_NOT_FOUND', message: 'idle too long' } as const;
    const { seen } = await linkTo(server, { probe: () => Promise.resolve(reason) });
    await vi.waitFor(() => expect(seen.gone).toHaveBeenCalledWith(reason));
    expect(seen.stillLost).not.toHaveBeenCalled();
  });

  it('tells nothing after it was closed', async () => {
    const server = new FakeServer();
    const { link, seen } = await linkTo(server);
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalled());
    link.close();
    server.drop();
    await once(server.http.close(), 'close');
    expect(seen.lost).not.toHaveBeenCalled();
  });
});

describe('the clock', () => {
  it('is asked over the WebSocket', async () => {
    const server = new FakeServer();
    const { link, seen } = await linkTo(server);
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalled());
    link.ping();
    await vi.waitFor(() => expect(seen.clock).toHaveBeenCalled());
    const [run, { sent, theirs, received }] = seen.clock.mock.calls[0] as [number, Record<string, number>];
    expect([run, theirs]).toEqual([1, 1001]);
    expect(received).toBeGreaterThanOrEqual(sent!);
  });

  it('is read with a call of its own beside the event stream', async () => {
    const server = new FakeServer();
    server.refuse.webSocket = true;
    const { link, seen } = await linkTo(server);
    await vi.waitFor(() => expect(seen.open).toHaveBeenCalled());
    link.ping();
    await vi.waitFor(() =>
      expect(seen.clock).toHaveBeenCalledWith(1, expect.objectContaining({ theirs: 77 })),
    );
  });
});
