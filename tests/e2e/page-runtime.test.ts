import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkEvent, PageEvent, PageMessage } from '../../client/stage/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { type App, startApp } from '../support/server.ts';

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await app.close();
});

const SERVER = `require('node:http').createServer((req, res) => res.end('["x"]')).listen(0);`;

/** Runs `client` as a learner's page and returns what it told, until `done` says that it is enough. */
async function told(client: string, done: (events: PageEvent[]) => boolean): Promise<PageEvent[]> {
  const answer = await fetch(`${app.url}/api/labs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      files: { 'server.js': SERVER, 'client.js': client, 'index.html': '<script src="client.js"></script>' },
    }),
  });
  const { page: lab } = (await answer.json()) as { page: { url: string } };
  const page = await browser.newPage();
  try {
    await page.goto(app.url);
    await page.evaluate((url) => {
      const messages: unknown[] = [];
      Object.assign(window, { told: messages });
      addEventListener('message', ({ data, origin }) => {
        if (origin === new URL(url).origin) messages.push(data);
      });
      document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
    }, lab.url);
    let events: PageEvent[] = [];
    await expect
      .poll(
        async () => {
          const messages = (await page.evaluate('told')) as PageMessage[];
          events = messages.flatMap((message) => message.events);
          return done(events);
        },
        { timeout: 15_000 },
      )
      .toBe(true);
    return events;
  } finally {
    await page.close();
  }
}

const networkOf = (events: PageEvent[]): NetworkEvent[] =>
  events.filter((event): event is NetworkEvent => event.type === 'network');
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
        Object.keys(window).filter((key) => key.startsWith('__')), location.pathname, document.scripts.length,
      ]));`;
    const events = await told(checks, (all) => all.some(({ type }) => type === 'console'));
    const said = events.find((event) => event.type === 'console')!.values[0]!.text;
    const page = await browser.newPage();
    await page.goto(app.url);
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
    ]);
    await page.close();
    expect(JSON.parse(said)).toEqual([...plain, [], '/', 1]);
  });
});
