import { describe, expect, it } from 'vitest';
import type { NetworkEvent, PageEvent, XhrEvent } from '../../client/stage/protocol.ts';
import { networkOf, startTeller } from '../support/teller.ts';

const teller = startTeller();
const told = async (client: string, done: (events: PageEvent[]) => boolean, server?: string) =>
  (await teller.told(client, done, server === undefined ? {} : { server })).events;

const lines = (events: NetworkEvent[]): unknown[] => events.map(({ name, at }) => [name, at?.line]);
const printed = (text: string) => (events: PageEvent[]) =>
  events.some((event) => event.type === 'console' && event.values.some((value) => value.text === text));

describe('the runtime in a real page', () => {
  it('tells of fetch, with the line that calls and the line that reads', async () => {
    const events = await told(
      `go();
async function go() {
  const response = await fetch('/messages?after=0');
  const list = await response.json();
  performance.mark('message 1');
  console.log('done');
}`,
      printed('done'),
    );
    const network = networkOf(events);
    expect(lines(network)).toEqual([
      ['fetch', 3],
      ['response', 3],
      ['body', 4],
    ]);
    expect(network[0]).toMatchObject({ api: 'fetch', method: 'GET', call: 1 });
    expect(new URL(network[0]!.url).pathname).toBe('/messages');
    expect(events.find(({ type }) => type === 'mark')).toMatchObject({
      name: 'message 1',
      call: 1,
      at: { line: 5 },
    });
  });

  it('tells of a body that is not what code takes it for, with the line that reads it', async () => {
    const events = await told(
      `go().catch(() => console.log('done'));
async function go() {
  const response = await fetch('/page');
  await response.json();
}`,
      printed('done'),
      `require('node:http').createServer((req, res) => res.end('<h1>Not JSON</h1>')).listen(0);`,
    );
    expect(lines(networkOf(events))).toEqual([
      ['fetch', 3],
      ['response', 3],
      ['error', 4],
    ]);
  });

  it('tells of XMLHttpRequest, with the line that reads the answer', async () => {
    const events = await told(
      `const xhr = new XMLHttpRequest();
xhr.onload = () => {
  const text = xhr.responseText;
  console.log('done');
};
xhr.open('post', '/a');
xhr.send('b');`,
      printed('done'),
    );
    const network = networkOf(events).filter(({ name }) => name !== 'readystatechange');
    expect(lines(network)).toEqual([
      ['send', 7],
      ['load', 3],
    ]);
    expect(network[0]).toMatchObject({ api: 'XMLHttpRequest', method: 'POST' });
  });

  /** Answers in two parts; the second comes with a request for the same path and `?more`. */
  const IN_TWO = (first: string, second: string) => `
    const ends = {};
    require('node:http').createServer((req, res) => {
      const [path, query] = req.url.split('?');
      if (query) {
        ends[path]?.();
        delete ends[path];
        return res.end();
      }
      res.setHeader('content-type', 'text/plain; charset=utf-8');
      res.setHeader('x-content-type-options', 'nosniff'); // Else Chromium holds the first bytes to look at them.
      res.write(${JSON.stringify(first)});
      ends[path] = () => res.end(${JSON.stringify(second)});
    }).listen(0);`;

  it('tells of parts of a body, with the bytes handed over so far', async () => {
    const events = await told(
      `go();
const more = (path) => fetch(path + '?more');
async function go() {
  const reader = (await fetch('/one')).body.getReader();
  while (!(await reader.read()).done) more('/one');
  for await (const part of (await fetch('/two')).body)
    more('/two');
  const text = (await fetch('/three')).body.pipeThrough(new TextDecoderStream());
  for await (const part of text) more('/three');
  const [one, other] = (await fetch('/four')).body.tee();
  more('/four');
  await Promise.all([new Response(one).text(), other.pipeTo(new WritableStream())]);
  console.log(String(ReadableStream.prototype.values === ReadableStream.prototype[Symbol.asyncIterator]));
}`,
      (all) => all.some(({ type }) => type === 'console'),
      IN_TWO('h\u00e9llo', ' \u{1f600}'),
    );
    const network = networkOf(events).filter((event) => event.api === 'fetch');
    const of = (path: string) =>
      network
        .filter(({ url, name }) => url.endsWith(path) && name !== 'fetch' && name !== 'response')
        .map(({ name, loaded, at }) => [name, loaded, at?.line]);
    for (const [path, line] of [
      ['/one', 5],
      ['/two', 6],
      ['/three', 9],
    ] as const) {
      expect(of(path)).toEqual([
        ['read', 6, line],
        ['read', 11, line],
        ['body', undefined, line],
      ]);
    }
    expect(of('/four')).toEqual([['body', undefined, 12]]);
    expect(printed('true')(events)).toBe(true);
  });

  it('tells what an XMLHttpRequest has read while its answer comes', async () => {
    const events = await told(
      `const xhr = new XMLHttpRequest();
let first = true;
xhr.open('GET', '/a');
xhr.onreadystatechange = () => {
  if (xhr.readyState > 2) xhr.responseText;
};
xhr.onprogress = () => {
  if (first) fetch('/a?more');
  first = false;
};
xhr.onloadend = () => console.log('done');
xhr.send();`,
      printed('done'),
      IN_TWO('h\u00e9llo', '\u{1f600}'),
    );
    const network = networkOf(events).filter((event): event is XhrEvent => event.api === 'XMLHttpRequest');
    const parts = network.filter(({ loaded }) => loaded !== undefined);
    expect(
      parts.filter(({ name }) => name === 'progress').map(({ loaded, at }) => [loaded, at?.line]),
    ).toEqual([
      [6, 7],
      [10, 7],
    ]);
    expect(parts.find(({ readyState }) => readyState === 3)).toMatchObject({ loaded: 6, at: { line: 5 } });
  });

  it('tells of WebSocket: messages counted and measured, with the lines that send and read', async () => {
    const events = await told(
      `const socket = new WebSocket(location.origin.replace('http', 'ws') + '/chat');
socket.binaryType = 'arraybuffer';
socket.onopen = () => {
  socket.send('h\u00e9llo');
  socket.send(new Uint8Array(3));
};
let heard = 0;
socket.addEventListener('message', (event) => {
  heard++;
  event.data;
  if (heard === 2) socket.close(4001, 'enough');
});
socket.onclose = () => {
  socket.send('too late');
  console.log('done');
};`,
      printed('done'),
      `const { WebSocketServer } = require('ws');
      const server = require('node:http').createServer().listen(0);
      new WebSocketServer({ server }).on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })));`,
    );
    const network = networkOf(events).filter((event) => event.api === 'WebSocket');
    const [made] = network;
    expect(made).toMatchObject({ name: 'WebSocket', method: 'GET', call: 1, at: { line: 1 } });
    expect(made!.url).toMatch(/^ws:.*\/chat$/);
    expect(
      network.slice(1).map(({ name, at, n, size, binary, code }) => [name, at?.line, n, size, binary, code]),
    ).toEqual([
      ['open', 3, undefined, undefined, undefined, undefined],
      ['send', 4, 1, 6, false, undefined],
      ['send', 5, 2, 3, true, undefined],
      ['message', 10, 1, 6, false, undefined],
      ['message', 10, 2, 3, true, undefined],
      ['close()', 11, undefined, undefined, undefined, 4001],
      ['close', 13, undefined, undefined, undefined, 4001],
    ]);
    expect(network.at(-1)).toMatchObject({ reason: 'enough', wasClean: true });
  });

  it('tells of EventSource: events of any type counted since it opened, with the line that reads', async () => {
    const events = await told(
      `const source = new EventSource('/events');
source.onopen = () => {};
source.addEventListener('tick', (event) => {
  if (event.data === '2') source.addEventListener('late', ({ data }) => data);
});
source.onmessage = (event) => {
  if (event.data !== 'end') return;
  source.close();
  console.log('done');
};`,
      printed('done'),
      `let opened = 0;
      require('node:http').createServer((req, res) => {
        res.setHeader('content-type', 'text/event-stream');
        res.write('retry: 10\\n\\n');
        if (++opened === 1) return res.end('event: tick\\nid: 7\\ndata: 1\\n\\nevent: late\\ndata: x\\n\\nevent: tick\\ndata: 2\\n\\nevent: late\\ndata: y\\n\\n');
        res.write('event: error\\ndata: not one\\n\\nevent: late\\ndata: z\\n\\n');
        res.write('data: end\\n\\n');
      }).listen(0);`,
    );
    const network = networkOf(events).filter((event) => event.api === 'EventSource');
    expect(network.map(({ name, at }) => [name, at?.line])).toEqual([
      ['EventSource', 1],
      ['open', 2],
      ['message', 4],
      ['message', 4],
      ['message', 4],
      ['error', undefined],
      ['open', 2],
      ['message', undefined],
      ['message', 4],
      ['message', 7],
      ['close()', 8],
    ]);
    const messages = network.filter(({ name }) => name === 'message');
    expect(
      messages.map(({ event, n, opened, length, lastEventId }) => [event, n, opened, length, lastEventId]),
    ).toEqual([
      ['tick', 1, 1, 1, '7'],
      ['tick', 2, 1, 1, '7'],
      ['late', null, 1, 1, '7'],
      ['error', 1, 2, 7, '7'],
      ['late', 1, 2, 1, '7'],
      ['message', 1, 2, 3, '7'],
    ]);
  });

  it('ends a loop that does not end, and tells its line', async () => {
    const events = await told('let n = 0;\nwhile (true) {\n  n++;\n}', (all) =>
      all.some(({ type }) => type === 'error'),
    );
    const errors = events.filter(({ type }) => type === 'error');
    expect(errors).toMatchObject([{ loop: true, at: { file: 'client.js', line: 2 } }]);
  });

  it('tells of errors and rejections nobody caught, once each', async () => {
    const events = await told(
      `Promise.reject(new TypeError('no'));
fetch('http://localhost:1/');
setTimeout(() => missing());`,
      (all) => all.filter(({ type }) => type === 'error').length >= 3,
    );
    const errors = events.filter((event) => event.type === 'error');
    expect(errors.map(({ message, at, rejection }) => [message, at?.line, rejection])).toEqual(
      expect.arrayContaining([
        ['TypeError: no', 1, true],
        ['TypeError: Failed to fetch', 2, true],
        ['ReferenceError: missing is not defined', 3, false],
      ]),
    );
    expect(errors).toHaveLength(3);
  });

  it('leaves the page as it would be without it', async () => {
    const checks = `
      const xhr = new XMLHttpRequest();
      const response = fetch('/a');
      console.log(JSON.stringify([
        String(fetch), fetch.name, fetch.length, 'prototype' in fetch,
        String(XMLHttpRequest.prototype.send), xhr instanceof XMLHttpRequest, Object.keys(xhr).length,
        response instanceof Promise, response.constructor === Promise,
        String(console.log), String(Function.prototype.toString), String(performance.mark),
        String(WebSocket), WebSocket.name, WebSocket.length, WebSocket.OPEN, WebSocket === WebSocket.prototype.constructor,
        Object.getOwnPropertyNames(EventSource).sort(), String(EventSource), new EventSource('/') instanceof EventSource,
        Object.prototype.toString.call(new (class Mine extends WebSocket {})('ws://localhost:1/')),
        Object.keys(window).filter((key) => key.startsWith('__')), location.pathname, document.scripts.length,
      ]));`;
    const events = await told(checks, (all) => all.some(({ type }) => type === 'console'));
    const said = events.find((event) => event.type === 'console')!.values[0]!.text;
    const page = await teller.site.browser.newPage();
    await page.goto(teller.site.url);
    const plain = await page.evaluate(() => [
      String(fetch),
      fetch.name,
      fetch.length,
      'prototype' in fetch,
      String(XMLHttpRequest.prototype.send),
      true,
      Object.keys(new XMLHttpRequest()).length,
      true,
      true,
      String(console.log),
      String(Function.prototype.toString),
      String(performance.mark),
      String(WebSocket),
      WebSocket.name,
      WebSocket.length,
      WebSocket.OPEN,
      true,
      Object.getOwnPropertyNames(EventSource).sort(),
      String(EventSource),
      true,
      '[object WebSocket]',
    ]);
    await page.close();
    expect(JSON.parse(said)).toEqual([...plain, [], '/', 1]);
  });
});
