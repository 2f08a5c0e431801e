/** Old code names `http://localhost:8088`: the lab really listens elsewhere when that port is not to be had. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageEvent } from '../../client/stage/protocol.ts';
import { networkOf, printedIn, startTeller } from '../support/teller.ts';

const teller = startTeller();
/** Takes the port that the server code names. */
let other: Server;
let named: number;

beforeAll(async () => {
  other = createServer((_, response) => response.end('not the lab')).listen(0, 'localhost');
  await once(other, 'listening');
  named = (other.address() as AddressInfo).port;
});
afterAll(() => void other.close());

const server = () => `
  const { WebSocketServer } = require('ws');
  const answers = {
    '/events': ['text/event-stream', 'data: x\\n\\n'],
    '/jsonp': ['text/javascript', 'heard("script")'],
    '/frame': ['text/html', '<script>parent.heard(frameElement.id)</script>'],
    '/style': ['text/css', 'body { color: rgb(1, 2, 3) }'],
  };
  const server = require('node:http').createServer((req, res) => {
    const [type, body] = answers[req.url] ?? ['text/plain', req.method + ' ' + req.url];
    res.setHeader('content-type', type);
    res.end(body);
  }).listen(${named});
  new WebSocketServer({ server }).on('connection', (socket) => socket.send('x'));`;

const count = (most: number) => (events: PageEvent[]) => printedIn(events).length >= most;

it('reaches the lab by every way of naming an address', async () => {
  const { events, lab } = await teller.told(
    `
const at = 'http://localhost:${named}';
function heard(what) { console.log(what); }
const write = (html) => document.body.insertAdjacentHTML('beforeend', html);
const put = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));

fetch(at + '/fetch').then((r) => r.text()).then(heard);
fetch(new Request(new URL('http://127.0.0.1:${named}/request'), { method: 'POST', body: 'x' })).then((r) => r.text()).then(heard);
const xhr = new XMLHttpRequest();
xhr.open('GET', at + '/xhr');
xhr.onload = () => heard(xhr.responseText);
xhr.send();
const source = new EventSource(at + '/events');
source.onmessage = () => { source.close(); heard('EventSource'); };
new WebSocket('ws://127.0.0.1:${named}/chat').onmessage = () => heard('WebSocket');
put('script', { src: at + '/jsonp' });
put('iframe', { id: 'src', src: at + '/frame' });
write('<iframe id="insertAdjacentHTML" src="' + at + '/frame"></iframe>');
const div = document.createElement('div');
document.body.append(div);
div.innerHTML = '<p><iframe id="innerHTML" src="//localhost:${named}/frame"></iframe></p>';
const frame = document.createElement('iframe');
frame.id = 'setAttribute';
frame.setAttribute('src', at + '/frame');
document.body.append(frame);
put('link', { rel: 'stylesheet', href: at + '/style', onload() { heard(getComputedStyle(document.body).color); } });
document.body.append(Object.assign(new Image(), { src: at + '/img', onerror: () => heard('img') }));
addEventListener('message', ({ data, origin }) => heard(data + ' ' + (origin === lab.origins[${named}])));
postMessage('postMessage', at);
navigator.sendBeacon(at + '/beacon', 'x');
heard(lab.origins[${named}]);
`,
    count(16),
    {
      server: server(),
      html: `<!doctype html><body><script src="client.js"></script><iframe id="parser" src="http://localhost:${named}/frame"></iframe><script>document.write('<iframe id="document.write" src="http://localhost:${named}/frame"></iframe>')</script>`,
    },
  );
  expect(printedIn(events).sort()).toEqual(
    [
      lab.origin,
      'GET /fetch',
      'POST /request',
      'GET /xhr',
      'EventSource',
      'WebSocket',
      'script',
      'src',
      'insertAdjacentHTML',
      'innerHTML',
      'setAttribute',
      'parser',
      'document.write',
      'rgb(1, 2, 3)',
      'img',
      'postMessage true',
    ].sort(),
  );
  expect(lab.origin).not.toBe(`http://localhost:${named}`);
  expect(new Set(networkOf(events).map(({ url }) => new URL(url).host))).toEqual(
    new Set([new URL(lab.origin).host]),
  );
});

it.each([
  ['an assignment to location', 'location.href = at', ''],
  ['a link', 'document.querySelector("a").click()', ''],
  ['a form', 'document.querySelector("form").submit()', '?a=1'],
])('follows %s to the lab', async (_, statement, query) => {
  const { events } = await teller.told(
    `const at = 'http://localhost:${named}/next'; onload = () => { ${statement}; };`,
    () => true,
    {
      server: server(),
      html: `<a href="http://localhost:${named}/next">next</a><form action="http://localhost:${named}/next"><input name="a" value="1"></form><script src="client.js"></script>`,
      async meanwhile(page) {
        const frame = page.frameLocator('iframe');
        await expect.poll(() => frame.locator('body').textContent()).toBe(`GET /next${query}`);
      },
    },
  );
  expect(events[0]).toMatchObject({ type: 'ready' });
});

it('learns from the app of a port that is opened while it runs', async () => {
  const { events } = await teller.told(
    `addEventListener('message', () => fetch('http://localhost:${named}/late').then((r) => r.text()).then((text) => console.log(text)));
     console.log('ready');`,
    count(2),
    {
      server: `require('node:http').createServer((req, res) => {
        res.setHeader('access-control-allow-origin', '*');
        res.end('late');
      }).listen(0);`,
      async meanwhile(page, lab) {
        const frame = page.frameLocator('iframe');
        await expect.poll(() => frame.locator('html').evaluate(() => 'lab' in window)).toBe(true);
        await page.evaluate(
          ([origin, port]) => {
            const target = document.querySelector('iframe')!.contentWindow!;
            const command = {
              channel: 'switching-protocols/page',
              type: 'origins',
              origins: { [port]: origin },
            };
            target.postMessage(command, origin);
            target.postMessage('go', origin);
          },
          [lab.origin, named] as const,
        );
      },
    },
  );
  expect(printedIn(events)).toEqual(['ready', 'late']);
});
