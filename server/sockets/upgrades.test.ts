import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import websocket from '@fastify/websocket';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closeAnsweredUpgrades } from './upgrades.ts';

const app = fastify({ forceCloseConnections: true });
let port: number;

beforeAll(async () => {
  app.addHook('onRequest', closeAnsweredUpgrades);
  app.get('/plain', async () => 'fine');
  await app.register(async (scope) => {
    await scope.register(websocket);
    scope.get('/socket', { websocket: true }, (socket) => socket.send('hello'));
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = app.server.address() as AddressInfo);
});

afterAll(() => app.close());

/** All that the server says until it closes the connection. */
async function answerTo(path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`);
  return text(socket);
}

describe('a request for an upgrade', () => {
  it('that is answered in HTTP has its connection closed behind the answer', async () => {
    expect(await answerTo('/plain')).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nfine$/);
  });

  it('has its connection closed too when there is nothing at its address', async () => {
    expect(await answerTo('/nowhere')).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  });

  it('keeps its connection when it becomes a WebSocket', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`);
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect(String(message)).toBe('hello');
    socket.close();
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1005);
  });
});
