import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  BytesEvent,
  ConnectionEvent,
  Direction,
  TelemetryEvent,
} from '../../server/telemetry/protocol.ts';
import { createLab, openWire } from '../support/lab.ts';
import { type App, startApp } from '../support/server.ts';

const SERVER_JS = `
import { createServer } from 'node:http';

createServer((req, res) => {
  let body = '';
  req.on('data', (chunk) => (body += chunk));
  req.on('end', () => {
    if (req.url === '/chunked') {
      res.write('one,');
      res.write('zwei, 三');
      res.end();
    } else if (req.url === '/bytes') {
      res.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': 256 });
      res.end(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
    } else if (req.url === '/nothing') {
      res.statusCode = 204;
      res.end();
    } else {
      res.setHeader('Content-Type', 'text/plain; charset=utf-8');
      res.end(req.method + ' ' + req.url + ' ' + body);
    }
  });
}).listen(8080);
`;

/** Ten requests, each on a connection of its own, sent as given. */
const REQUESTS = [
  'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  'GET /messages?after=3 HTTP/1.1\r\nhOsT: localhost\r\nX-Odd:   spaces  \r\nConnection: close\r\n\r\n',
  'POST /send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nConnection: close\r\n\r\n你好',
  'POST /send HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  'GET /chunked HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  'GET /bytes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  'HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  'GET /old HTTP/1.0\r\n\r\n',
  'GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  // Not HTTP: node:http answers 400 by itself.
  'BREW coffee\r\n\r\n',
].map((text) => Buffer.from(text, 'utf8'));

let app: App;

beforeAll(async () => {
  app = await startApp();
});

afterAll(() => app.close());

/** What a raw TCP client saw: everything until the other side ended; and the port it came from. */
function exchange(port: number, sent: Buffer): Promise<{ from: number; received: Buffer }> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(sent));
    let from = 0;
    socket.on('connect', () => (from = socket.localPort!));
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve({ from, received: Buffer.concat(received) }));
    socket.on('error', reject);
  });
}

/** The recorded stream of one direction, and that its events leave no hole. */
function recorded(events: TelemetryEvent[], connection: number, direction: Direction): Buffer {
  const parts = events.filter(
    (event): event is BytesEvent =>
      event.type === 'bytes' && event.connection === connection && event.direction === direction,
  );
  let offset = 0;
  for (const part of parts) {
    expect(part.offset).toBe(offset);
    offset += part.length;
  }
  return Buffer.concat(parts.map(({ base64 }) => Buffer.from(base64!, 'base64')));
}

describe('the recorded wire', () => {
  it('equals, byte for byte, what a raw TCP client sent and received in ten requests', async () => {
    const lab = await createLab(app.url, {
      files: { 'server.js': SERVER_JS, 'client.js': '', 'index.html': '' },
    });
    const wire = await openWire(app.url, lab);
    const port = Number(new URL(lab.origin).port);
    for (const sent of REQUESTS) {
      const { from, received } = await exchange(port, sent);
      expect(received.length).toBeGreaterThan(0);
      const connectionOf = (events: TelemetryEvent[]) =>
        events.find(
          (event): event is ConnectionEvent => event.type === 'connection' && event.remote.port === from,
        )?.connection;
      await expect
        .poll(() => {
          const connection = connectionOf(wire.events);
          return wire.events.some(
            (event) => event.type === 'connection-end' && event.connection === connection,
          );
        })
        .toBe(true);
      const connection = connectionOf(wire.events)!;
      expect(recorded(wire.events, connection, 'up').toString('latin1')).toBe(sent.toString('latin1'));
      expect(recorded(wire.events, connection, 'down').toString('latin1')).toBe(received.toString('latin1'));
    }
    wire.close();
  });

  it('counts its events without a hole, the same over WebSocket and event stream', async () => {
    const lab = await createLab(app.url, {
      files: { 'server.js': SERVER_JS, 'client.js': '', 'index.html': '' },
    });
    const wire = await openWire(app.url, lab);
    await exchange(Number(new URL(lab.origin).port), REQUESTS[0]!);
    await expect.poll(() => wire.events.some(({ type }) => type === 'connection-end')).toBe(true);
    wire.close();
    expect(wire.events.map(({ seq }) => seq)).toEqual(wire.events.map((_, index) => index + 1));

    const stream = await lab.call('GET', '/wire');
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const overStream: TelemetryEvent[] = [];
    let rest = '';
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        const message = JSON.parse(data ?? '{}') as { type?: string; events: TelemetryEvent[] };
        if (message.type === 'events') overStream.push(...message.events);
      }
      if (overStream.length >= wire.events.length) break;
    }
    expect(overStream.slice(0, wire.events.length)).toEqual(wire.events);
  });
});
