/** What the runtime tells of answers that are scripts, documents in frames, images, or nothing for code. */
import { expect, it } from 'vitest';
import type { NetworkEvent, PageEvent } from '../../client/stage/protocol.ts';
import { networkOf, printedIn, startTeller } from '../support/teller.ts';

const teller = startTeller();

const done = (events: PageEvent[]) => printedIn(events).includes('done');
const pathOf = ({ url }: NetworkEvent) => url.slice(new URL(url).origin.length);
const told = (events: PageEvent[], api: NetworkEvent['api']) =>
  networkOf(events)
    .filter((event) => event.api === api)
    .map((event) => [
      event.name,
      pathOf(event),
      event.at?.line,
      ...('callee' in event ? [event.callee, event.n] : []),
    ]);

it('tells of scripts put into the document, and which functions of the page they call', async () => {
  const { events } = await teller.told(
    `function jsonp1(data) { console.log(data); }
const app = window.app = { receive(data) { console.log(data); } };
jsonp1('by the page');
const script = document.createElement('script');
script.src = '/jsonp?callback=jsonp1';
script.onload = () => {
  console.log(String(jsonp1));
  document.head.append(Object.assign(document.createElement('script'), { src: '/app', onload: () => console.log('done') }));
};
document.head.appendChild(script);
const missing = document.createElement('script');
missing.setAttribute('src', 'http://localhost:1/missing');
document.head.insertBefore(missing, null);`,
    done,
    {
      server: `require('node:http').createServer((req, res) => {
        res.setHeader('content-type', 'text/javascript');
        res.end(req.url === '/app' ? 'app.receive(3)' : 'jsonp1(1); jsonp1(2)');
      }).listen(0);`,
    },
  );
  expect(told(events, 'script').filter(([, path]) => path !== '/missing')).toEqual([
    ['script', '/jsonp?callback=jsonp1', 10],
    ['call', '/jsonp?callback=jsonp1', 10, 'jsonp1', 1],
    ['call', '/jsonp?callback=jsonp1', 10, 'jsonp1', 2],
    ['load', '/jsonp?callback=jsonp1', 10],
    ['script', '/app', 8],
    ['call', '/app', 8, 'app.receive', 1],
    ['load', '/app', 8],
  ]);
  expect(told(events, 'script').filter(([, path]) => path === '/missing')).toEqual([
    ['script', '/missing', 13],
    ['error', '/missing', 13],
  ]);
  expect(printedIn(events).find((text) => text.startsWith('function'))).toContain('{ console.log(data); }');
  const calls = events.flatMap((event) => (event.type === 'console' ? [event.call] : []));
  expect(calls.slice(0, 3)).toEqual([undefined, 1, 1]);
});

it('tells of a forever frame: each call of its scripts, as they come', async () => {
  const { events } = await teller.told(
    `window.parentCalled = (data) => { console.log(data); if (data === 'last') end(); };
function end() { console.log('done'); }
const frame = document.createElement('iframe');
frame.src = '/stream';
document.body.appendChild(frame);`,
    done,
    {
      html: '<!doctype html><body><script src="client.js"></script>',
      server: `require('node:http').createServer((req, res) => {
        res.setHeader('content-type', 'text/html');
        res.write('<script>parent.parentCalled("first")</script>');
        setTimeout(() => res.end('<script>parent.parentCalled("last")</script>'), 50);
      }).listen(0);`,
    },
  );
  expect(told(events, 'iframe').slice(0, 3)).toEqual([
    ['iframe', '/stream', 5],
    ['call', '/stream', 5, 'parentCalled', 1],
    ['call', '/stream', 5, 'parentCalled', 2],
  ]);
});

it('tells of what documents in frames do, the learner’s own and those of the server', async () => {
  const { events } = await teller.told(`addEventListener('message', () => console.log('done'));`, done, {
    html: `<!doctype html><body><script src="client.js"></script><iframe src="inner.html"></iframe>`,
    files: {
      'inner.html': '<script src="inner.js"></script>',
      'inner.js': `for (let n = 0; n < 1; n++) {
  fetch('/inner').then(() => {
    const frame = document.createElement('iframe');
    frame.src = '/served';
    document.documentElement.append(frame);
  });
}`,
    },
    server: `require('node:http').createServer((req, res) => {
        res.setHeader('content-type', 'text/html');
        res.end('<script>const s = new EventSource("/events"); s.onerror = () => { s.close(); top === window || parent.parent.postMessage("x", "*"); }</script>');
      }).listen(0);`,
  });
  const network = networkOf(events);
  expect(network.find(({ name }) => name === 'fetch')).toMatchObject({ at: { file: 'inner.js', line: 2 } });
  expect(told(events, 'iframe')[0]).toEqual(['iframe', '/served', 5]);
  expect(told(events, 'EventSource').map(([name, path]) => [name, path])).toEqual([
    ['EventSource', '/events'],
    ['error', '/events'],
  ]);
  // One count for all documents of the page.
  expect(new Set(network.map(({ call }) => call))).toEqual(new Set([1, 2, 3]));
  expect(events.filter(({ type }) => type === 'error')).toEqual([]);
});

it('tells of images, beacons and forms', async () => {
  const { events } = await teller.told(
    `new Image().src = '/pixel?1';
document.body.insertAdjacentHTML('beforeend', '<img src="/pixel?2">');
navigator.sendBeacon('/beacon', 'x');
const form = document.querySelector('form');
addEventListener('formdata', () => console.log('formdata'));
form.target = 'answer';
form.submit();
form.method = 'post';
form.requestSubmit();
form.onsubmit = () => false;
form.requestSubmit();
setTimeout(() => console.log('done'), 300);`,
    done,
    {
      html: '<!doctype html><body><iframe name="answer"></iframe><form action="/pay"><input name="to" value="a b"></form><script src="client.js"></script>',
      server: `require('node:http').createServer((req, res) => res.end()).listen(0);`,
    },
  );
  const images = told(events, 'img').filter(([name]) => name === 'img');
  expect(images).toEqual([
    ['img', '/pixel?1', 1],
    ['img', '/pixel?2', undefined],
  ]);
  expect(told(events, 'sendBeacon')).toEqual([['sendBeacon', '/beacon', 3]]);
  expect(told(events, 'form')).toEqual([
    ['submit', '/pay?to=a+b', 7],
    ['submit', '/pay', 9],
  ]);
  expect(
    networkOf(events)
      .filter(({ api }) => api === 'form')
      .map(({ method }) => method),
  ).toEqual(['GET', 'POST']);
  // Once for each submission, by the browser.
  expect(printedIn(events)).toEqual(['formdata', 'formdata', 'done']);
});
