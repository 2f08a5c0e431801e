/** Where a page comes from: an origin of its own, a second document of the lab, or the server code itself. */
import { expect, it } from 'vitest';
import type { PageEvent } from '../../client/stage/protocol.ts';
import { createLab } from '../support/lab.ts';
import { networkOf, printedIn, startTeller } from '../support/teller.ts';

const teller = startTeller();
const printed = (events: PageEvent[]) => printedIn(events).length > 0;

it('is another origin of the same site for a cross-origin page: preflights, and cookies that know no port', async () => {
  const { events, lab } = await teller.told(
    `go();
async function go() {
  const at = lab.origins[Object.keys(lab.origins)[0]];
  const refused = await fetch(at + '/without').catch((error) => error.name);
  await fetch(at + '/cookie', { credentials: 'include' });
  await fetch(at + '/put', { method: 'PUT', headers: { 'x-own': '1' } });
  const seen = await (await fetch(at + '/seen', { credentials: 'include' })).json();
  console.log(JSON.stringify({ refused, seen, own: location.origin !== at, origin: location.origin }));
}`,
    printed,
    {
      page: 'cross-origin',
      server: `const seen = [];
      require('node:http').createServer((req, res) => {
        const { origin, cookie } = req.headers;
        seen.push([req.method, req.url, origin === process.env.PAGE_ORIGIN, req.headers['sec-fetch-site'], cookie ?? null]);
        if (req.url === '/without') return res.end();
        res.setHeader('access-control-allow-origin', origin);
        res.setHeader('access-control-allow-credentials', 'true');
        res.setHeader('access-control-allow-methods', 'PUT');
        res.setHeader('access-control-allow-headers', 'x-own');
        res.setHeader('set-cookie', 'a=1');
        res.end(JSON.stringify(seen));
      }).listen(0);`,
    },
  );
  const said = JSON.parse(printedIn(events)[0]!) as { seen: unknown[]; origin: string };
  expect(said).toMatchObject({ refused: 'TypeError', own: true });
  expect(said.origin).toBe(new URL(lab.page!.url).origin);
  expect(said.seen).toEqual([
    ['GET', '/without', true, 'same-site', null],
    ['GET', '/cookie', true, 'same-site', null],
    ['OPTIONS', '/put', true, 'same-site', null],
    ['PUT', '/put', true, 'same-site', null],
    ['GET', '/seen', true, 'same-site', 'a=1'],
  ]);
  expect(networkOf(events).filter(({ name }) => name === 'fetch')).toHaveLength(4);
});

it('is a document of the lab beside the first, with a runtime of its own', async () => {
  const { events } = await teller.told('', printed, {
    path: 'b.html',
    files: {
      'b.html':
        '<!doctype html><script src="b.js"></script>\n<script>console.log(location.pathname);</script>',
      'b.js': "fetch('/x');",
    },
  });
  expect(printedIn(events)).toEqual(['/b.html']);
  expect(events.find(({ type }) => type === 'console')).toMatchObject({ at: { file: 'b.html', line: 2 } });
  expect(networkOf(events)[0]).toMatchObject({ name: 'fetch', call: 1, at: { file: 'b.js', line: 1 } });
});

it('is what the server code answers to GET /, byte by byte, when the lesson says so', async () => {
  const lab = await createLab(teller.site.url, {
    page: 'server',
    files: {
      'server.js': `const fs = require('fs');
      require('http').createServer((req, res) => {
        fs.readFile('./page.html', 'binary', (error, file) => {
          res.writeHead(200, { 'Content-Type': 'text/html' });
          res.write(file, 'binary');
          res.end();
        });
      }).listen(0);`,
      'page.html': '<title>é</title><script>top.postMessage(location.pathname, "*")</script>',
    },
  });
  expect(lab.page).toEqual({ url: `${lab.origin}/` });
  expect(await (await fetch(lab.page!.url)).text()).toBe(
    '<title>é</title><script>top.postMessage(location.pathname, "*")</script>',
  );
  await lab.call('DELETE', '');
});
