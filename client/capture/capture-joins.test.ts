/** What pages tell, joined with what crossed the wire: sockets, streams, scripts. */
import { describe, expect, it } from 'vitest';
import type { SourcePosition } from '#protocol/errors';
import {
  arrived,
  bytes,
  LISTENING,
  network,
  OPENED,
  record,
  REQUEST,
  RUN,
} from '../../tests/support/recording.ts';
import { factsOf } from '../facts/index.ts';
import { WAITING_CALLBACKS } from './limits.ts';
import { speakerOf } from './speaker.ts';
import type { NetworkEvent } from '../stage/protocol.ts';

const at = (line: number) => ({ file: 'client.js', line, column: 1 });

function frame(opcode: number, text: string, masked: boolean): string {
  const payload = Buffer.from(text, 'latin1');
  const head = [0x80 | opcode, payload.length | (masked ? 0x80 : 0)];
  const key = masked ? [1, 2, 3, 4] : [];
  const body = [...payload].map((byte, index) => byte ^ (key[index % 4] ?? 0));
  return Buffer.from([...head, ...key, ...body]).toString('latin1');
}

const HANDSHAKE =
  'GET /chat HTTP/1.1\r\nHost: localhost:8080\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const SWITCHING =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

function socketEvent(name: 'WebSocket' | 'open' | 'send' | 'message' | 'close', t: number, more = {}) {
  const event = { type: 'network', t, call: 1, api: 'WebSocket', name, method: 'GET', at: at(t), ...more };
  return { ...event, url: 'ws://localhost:8080/chat' } as NetworkEvent;
}

/** An open WebSocket; `up` and `down` add frames. */
function socket() {
  const recording = record();
  recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, HANDSHAKE), bytes('down', 21, 0, SWITCHING));
  recording.tell(arrived('down', 25, SWITCHING.length));
  recording.capture.page(1, [socketEvent('WebSocket', 19), socketEvent('open', 26)]);
  const offsets = { up: HANDSHAKE.length, down: SWITCHING.length };
  return {
    ...recording,
    cross(direction: 'up' | 'down', t: number, opcode: number, text: string) {
      const sent = frame(opcode, text, direction === 'up');
      recording.tell(bytes(direction, t, offsets[direction], sent));
      offsets[direction] += sent.length;
    },
    skip: (direction: 'up' | 'down', length: number) => (offsets[direction] += length),
  };
}

describe('a WebSocket', () => {
  it('has a double bar where its 101 arrived', () => {
    expect(socket().run().connections[0]).toMatchObject({ switched: { t: 25, protocol: 'websocket' } });
  });

  it('joins the n-th send with the n-th message up, and the n-th event with the n-th message down', () => {
    const wire = socket();
    wire.capture.page(1, [
      socketEvent('send', 30, { n: 1, size: 2 }),
      socketEvent('send', 31, { n: 2, size: 5 }),
      socketEvent('message', 42, { n: 1, size: 3 }),
    ]);
    wire.cross('up', 32, 1, 'hi');
    wire.cross('up', 33, 1, 'there');
    wire.cross('down', 38, 9, 'ping');
    wire.cross('down', 40, 1, 'yes');
    wire.cross('up', 41, 10, 'ping');
    const { messages, jsEvents } = wire.run();
    const [, , hi, there, ping, yes, pong] = messages;
    expect(hi).toMatchObject({
      writtenAt: [at(30)],
      writes: [{ name: 'send' }],
      call: 1,
      contents: [{ text: 'hi' }],
    });
    expect(there!.writtenAt).toEqual([at(31)]);
    expect(yes).toMatchObject({ handled: 42, handledAt: [at(42)], callbacks: [{ name: 'message', t: 42 }] });
    expect(ping).toMatchObject({ handled: null, peer: pong!.id });
    expect(pong!.peer).toBe(ping!.id);
    expect([...jsEvents].map(({ text, message }) => [text, message])).toEqual([
      ['WebSocket', 'c1-up-0'],
      ['open', 'c1-down-0'],
      ['send', hi!.id],
      ['send', there!.id],
      ['message', yes!.id],
    ]);
  });

  it('is handled on the server when code was handed the last byte of a frame', () => {
    const wire = socket();
    wire.cross('up', 30, 1, 'one');
    wire.cross('up', 31, 1, 'three');
    wire.cross('up', 32, 9, 'ping');
    const [one, three, ping] = [9, 20, 30].map((size) => HANDSHAKE.length + size);
    const line = (line: number) => ({ file: 'server.js', line, column: 10 });
    const handed = (t: number, offset: number, end: number, name: string, at?: SourcePosition) =>
      wire.tell({ type: 'handed', t, connection: 1, offset, length: end - offset, name, at });
    handed(40, HANDSHAKE.length, one!, 'upgrade', line(1));
    handed(41, one!, one! + 4, 'message', line(3));
    expect([...wire.run().messages].slice(2).map(({ handled }) => handled)).toEqual([40, null, null]);
    handed(42, one! + 4, three!, 'message', line(3));
    wire.tell({ type: 'console', t: 42.5, level: 'log', values: [{ kind: 'string', text: 'got it' }] });
    handed(43, three!, ping!, 'message', line(3));
    const { messages, console } = wire.run();
    expect([...messages].slice(2)).toMatchObject([
      { handled: 40, handledAt: [line(1)], callbacks: [{ name: 'upgrade', t: 40 }] },
      { handled: 42, handledAt: [line(3)], callbacks: [{ t: 41 }, { t: 42 }] },
      // ws answers a ping by itself.
      { handled: 43, handledAt: [] },
    ]);
    expect(console).toMatchObject([{ message: messages.at(3)!.id }]);
  });

  it('knows when a frame was handled also where it is dissected later', () => {
    const wire = socket();
    const sent = HANDSHAKE.length;
    wire.tell({ type: 'handed', t: 40, connection: 1, offset: sent, length: 18, name: 'data' });
    wire.cross('up', 30, 1, 'one');
    wire.cross('up', 31, 1, 'six');
    wire.tell({ type: 'console', t: 40.5, level: 'log', values: [{ kind: 'string', text: 'got them' }] });
    const { messages, console } = wire.run();
    expect([...messages].slice(2).map(({ handled }) => handled)).toEqual([40, 40]);
    // Which of the two it is about, nobody knows.
    expect(console[0]!.message).toBeUndefined();
  });

  it('does not join what the page did not tell', () => {
    const wire = socket();
    for (const [n, text] of ['one', 'two', 'six'].entries()) wire.cross('down', 40 + n, 1, text);
    wire.capture.page(1, [socketEvent('message', 50, { n: 3, size: 3 })]);
    expect([...wire.run().messages].slice(2).map(({ handled }) => handled)).toEqual([null, null, 50]);
  });

  it('counts as delivered what the page counted and did not tell of, without a time', () => {
    const wire = socket();
    for (const [n, text] of ['one', 'two', 'six'].entries()) wire.cross('down', 40 + n, 1, text);
    wire.capture.page(1, [socketEvent('message', 50, { n: 1, size: 3 })]);
    wire.capture.page(1, [{ type: 'dropped', from: 51, t: 52, events: 1 }]);
    expect(wire.run().totals).toMatchObject({ delivered: 2, deliverable: 4 });
    wire.capture.page(1, [socketEvent('message', 53, { n: 3, size: 3 })]);
    expect(wire.run()).toMatchObject({
      totals: { delivered: 4, deliverable: 4, medianDelay: 10 },
      gaps: [{ from: 51, to: 52, reason: 'events-dropped', events: 1 }],
    });
  });

  it('says what it forgets of a page that is too far ahead of the wire', () => {
    const wire = socket();
    const told = Array.from({ length: WAITING_CALLBACKS + 2 }, (_, at) =>
      socketEvent('message', 50 + at, { n: at + 1, size: 3 }),
    );
    wire.capture.page(1, told);
    expect(wire.run().gaps).toEqual([{ from: 50, to: 51, reason: 'events-dropped', events: 2 }]);
  });

  it('does not join a message of another size', () => {
    const wire = socket();
    wire.cross('down', 40, 1, 'one');
    wire.capture.page(1, [socketEvent('message', 50, { n: 1, size: 4 })]);
    expect(wire.run().messages.at(-1)).toMatchObject({ handled: null });
  });

  it('does not count on behind bytes that were not recorded', () => {
    const wire = socket();
    wire.cross('down', 40, 1, 'one');
    wire.skip('down', 9);
    wire.cross('down', 44, 1, 'six');
    wire.capture.page(1, [
      socketEvent('message', 50, { n: 1, size: 3 }),
      socketEvent('message', 51, { n: 2, size: 3 }),
      socketEvent('message', 52, { n: 3, size: 3 }),
    ]);
    expect([...wire.run().messages].slice(2).map(({ handled }) => handled)).toEqual([50, null]);
  });

  it('counts what it delivers', () => {
    const wire = socket();
    wire.cross('down', 40, 1, 'one');
    wire.cross('down', 41, 9, '');
    wire.cross('down', 42, 1, 'two');
    wire.capture.page(1, [socketEvent('message', 50, { n: 1, size: 3 })]);
    expect(wire.run().totals).toMatchObject({ requests: 1, delivered: 2, deliverable: 3, medianDelay: 7.5 });
  });
});

const STREAM = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
const EVENTS = 'GET /events HTTP/1.1\r\nHost: localhost:8080\r\nAccept: text/event-stream\r\n\r\n';
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

function sourceEvent(name: 'EventSource' | 'open' | 'message' | 'error', t: number, more = {}) {
  const event = { type: 'network', t, call: 1, api: 'EventSource', name, method: 'GET', at: at(t), ...more };
  return { ...event, url: 'http://localhost:8080/events' } as NetworkEvent;
}

/** One answer that streams events, on a connection of its own. */
function stream(recording: ReturnType<typeof record>, connection: number, t: number, ...chunks: string[]) {
  recording.tell({ ...OPENED, t, connection });
  recording.tell(bytes('up', t + 1, 0, EVENTS, connection));
  let offset = 0;
  for (const [n, part] of [STREAM, ...chunks.map(chunk)].entries()) {
    recording.tell(bytes('down', t + 2 + n, offset, part, connection));
    offset += part.length;
  }
}

describe('a stream that is read part by part', () => {
  const call = (name: string, t: number, more = {}) =>
    ({
      type: 'network',
      t,
      call: 1,
      api: 'fetch',
      name,
      method: 'GET',
      url: 'http://localhost:8080/events',
      at: at(t),
      ...more,
    }) as NetworkEvent;

  it('hands over a chunk when its last byte was read', () => {
    const recording = record();
    recording.tell(RUN, LISTENING);
    recording.capture.page(1, [
      call('fetch', 19),
      call('response', 30),
      call('read', 31, { loaded: 3 }),
      call('read', 32, { loaded: 8 }),
    ]);
    stream(recording, 1, 20, 'aaaa', 'bbbb', 'cc');
    const messages = [...recording.run().messages];
    expect(messages.map(({ handled }) => handled)).toEqual([null, 30, 32, 32, null]);
    expect(messages[2]!.callbacks.map(({ t, start, end }) => [t, end - start])).toEqual([
      [31, 6],
      [32, 3],
    ]);
  });

  it('hands over a body that ends with its connection when the last of it was read', () => {
    const recording = record();
    const head = 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n';
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 21, 0, EVENTS), bytes('down', 22, 0, `${head}aaaa`));
    recording.capture.page(1, [call('fetch', 19), call('response', 30), call('read', 31, { loaded: 4 })]);
    const handled = () => [...recording.run().messages].map((message) => message.handled);
    expect(handled()).toEqual([null, 30, 31]);
    recording.tell(bytes('down', 40, head.length + 4, 'bb'));
    recording.capture.page(1, [call('read', 45, { loaded: 6 })]);
    recording.tell({ type: 'connection-end', t: 50, connection: 1, by: 'server' });
    recording.capture.page(1, [call('body', 55)]);
    expect(handled()).toEqual([null, 30, 45]);
  });
});

describe('pages with names', () => {
  it('tell the calls of their own apart', () => {
    const recording = record();
    recording.tell(RUN, LISTENING);
    recording.capture.page(1, [sourceEvent('EventSource', 19)], 'A');
    recording.capture.page(1, [sourceEvent('EventSource', 119)], 'B');
    stream(recording, 1, 20);
    stream(recording, 2, 120);
    const run = recording.run();
    expect(run.messages.get('c1-up-0')).toMatchObject({ page: 'A' });
    expect(run.messages.get('c2-up-0')).toMatchObject({ page: 'B' });
    expect([...run.jsEvents].map(({ page }) => page)).toEqual(['A', 'B']);
  });
});

describe('telemetry that is unordered, lost, repeated or nonsense', () => {
  it('never throws', () => {
    const told: object[] = [];
    const wire = record();
    let seed = 7;
    const random = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % most;
    };
    const parts = [
      HANDSHAKE,
      SWITCHING,
      frame(1, 'hi', true),
      frame(9, '', false),
      STREAM,
      chunk('data: a\n\n'),
    ];
    for (let n = 0; n < 3_000; n++) {
      const direction = random(2) ? 'up' : 'down';
      const connection = random(4);
      const pick = random(9);
      const t = random(5_000);
      const offset = random(400);
      if (pick < 4) told.push(bytes(direction, t, offset, parts[random(parts.length)]!, connection));
      else if (pick === 4) told.push(arrived(direction, t, random(2_000), connection));
      else if (pick === 5) told.push({ type: 'call', t, connection, name: 'x', offset, length: random(99) });
      else if (pick === 6) told.push({ type: 'request', t, connection, method: 'GET', target: '/' });
      else if (pick === 7)
        told.push({ type: random(2) ? 'at-proxy' : 'left-proxy', t, connection, direction, end: offset });
      else told.push({ type: random(2) ? 'connection-end' : 'silence', t, connection, by: 'cut' });
    }
    wire.tell(RUN);
    for (const event of told) {
      if (random(20) === 0) wire.skip(random(3));
      wire.tell(event as Parameters<typeof wire.tell>[0]);
      if (random(10) === 0) {
        wire.capture.page(1, [
          socketEvent('message', random(5_000), { n: random(5), size: 2 }),
          sourceEvent('message', random(5_000), { opened: 1, n: random(4), event: 'message' }),
          socketEvent('WebSocket', random(5_000)),
        ]);
      }
      if (random(50) === 0) [...wire.run().messages].forEach(({ id }) => wire.run().messages.get(id));
    }
    const run = wire.run();
    expect([...run.messages].map(({ number }) => number)).toEqual(
      [...run.messages].map((_, index) => index + 1),
    );
    const sent = [...run.messages].map(({ sent: t }) => t);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
  });
});

describe('a response that nobody asked for', () => {
  const OK = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const request = (t: number): { type: 'request' } & Record<string, unknown> => ({
    ...{ type: 'request', t, connection: 1, method: 'GET', target: '/messages?after=0' },
  });

  function unasked() {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST), request(21));
    recording.tell(bytes('down', 22, 0, OK('yes')), arrived('down', 23, OK('yes').length));
    recording.capture.page(1, [network('fetch', 19, 8), network('response', 24, 8)], 'B');
    recording.tell(bytes('down', 40, OK('yes').length, OK('surprise!')));
    return recording;
  }

  it('is called so, and comes to the page that the connection served last', () => {
    const [, yes, surprise] = unasked().run().messages;
    expect(yes).toMatchObject({ peer: 'c1-up-0', page: 'B' });
    expect(yes!.unasked).toBeUndefined();
    expect(surprise).toMatchObject({ unasked: true, peer: null, page: 'B', handled: null });
  });

  it('is not taken for the answer of a request that comes later', () => {
    const recording = unasked();
    recording.tell(bytes('up', 50, REQUEST.length, REQUEST), request(51));
    recording.tell(bytes('down', 52, OK('yes').length + OK('surprise!').length, OK('no')));
    const [first, , surprise, second, no] = recording.run().messages;
    expect(surprise).toMatchObject({ unasked: true, peer: null });
    expect(second).toMatchObject({ peer: no!.id, handled: 51 });
    expect(first).toMatchObject({ peer: 'c1-down-0', handled: 21 });
  });

  it('may be an answer to bytes that are no request', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, '\x16\x03\x01 no request\r\n\r\n'));
    recording.tell(bytes('down', 22, 0, 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
    const response = recording.run().messages.at(-1)!;
    expect(response.record.kind).toBe('response');
    expect(response.unasked).toBeUndefined();
  });
});

describe('a connection from the workbench', () => {
  /** A page calls `new WebSocket` while the learner sends the same request by hand. */
  function byHand() {
    const recording = record();
    const mine = { ...OPENED, by: 'workbench' };
    recording.tell(RUN, LISTENING, mine, bytes('up', 20, 0, HANDSHAKE), bytes('down', 21, 0, SWITCHING));
    recording.capture.page(1, [socketEvent('WebSocket', 19)]);
    return recording;
  }

  it('is marked, with its messages, and a word where the calls of pages are', () => {
    const { connections, messages, jsEvents } = byHand().run();
    expect(connections[0]).toMatchObject({ id: 1, by: 'workbench' });
    expect([...messages].map(({ by }) => by)).toEqual(['workbench', 'workbench']);
    expect([...messages].map(speakerOf)).toEqual(['workbench', 'toWorkbench']);
    expect([...jsEvents].map(({ text, message }) => [text, message])).toEqual([
      ['workbench', 'c1-up-0'],
      ['WebSocket', undefined],
    ]);
  });

  it('is never taken for what a page called', () => {
    expect([...byHand().run().messages].map(({ call, writtenAt }) => [call, writtenAt])).toEqual([
      [null, []],
      [null, []],
    ]);
  });

  it('is told to lessons as such', () => {
    const recording = byHand();
    const { requests, connections, sockets } = factsOf(recording.run(), recording.capture.bytesOf);
    expect([requests[0], connections[0], sockets[0]!.handshake].map((fact) => fact!.byHand)).toEqual([
      true,
      true,
      true,
    ]);
  });
});
