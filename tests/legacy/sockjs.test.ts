/** sockjs-client, unmodified, in emulated browsers, against its real server. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { createServer } from 'sockjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Profile } from '../../server/labs/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { pageFiles, REPORT, reportOf, startOrigin } from '../support/old-page.ts';

const require = createRequire(import.meta.url);
const CLIENT = readFileSync(require.resolve('sockjs-client/dist/sockjs.js'), 'utf8');
const MESSAGES = 20;

/** Pages for Internet Explorer 6 and 7 brought a JSON of their own. */
const OLD_JSON = `if (!window.JSON) window.JSON = {
  parse: function (text) { return eval('(' + text + ')'); },
  stringify: function stringify(value) {
    var key, parts = [];
    if (typeof value === 'string') return '"' + value.replace(/["\\\\]/g, '\\\\$&').replace(/\\n/g, '\\\\n') + '"';
    if (value === null || typeof value !== 'object') return String(value);
    for (key in value) parts.push((value instanceof Array ? '' : stringify(key) + ':') + stringify(value[key]));
    return value instanceof Array ? '[' + parts + ']' : '{' + parts + '}';
  }
};`;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Connection {
  profile: Profile | null;
  /** The page is of the origin of SockJS's server, or of another. */
  page: 'same-origin' | 'cross-origin';
  /** The one transport that is allowed; SockJS chooses when absent. */
  transport?: string;
}

/** Connects, has messages echoed, closes; what the page says: transport, echoed in order, code. */
async function connect({ profile, page, transport }: Connection): Promise<string> {
  const echo = createServer({ sockjs_url: '/sockjs.js', log: () => undefined });
  echo.on('connection', (connection) => {
    connection.on('data', (message) => connection.write(message));
  });
  const server = await startOrigin({ '/sockjs.js': CLIENT });
  echo.installHandlers(server.server, { prefix: '/echo' });
  const other = page === 'cross-origin' ? await startOrigin({ '/sockjs.js': CLIENT }) : undefined;
  const script = `${REPORT}
    var got = '', count = 0, sent = '', transport, i;
    var sock = new SockJS('${server.url}/echo', null, ${transport ? `{ transports: ['${transport}'] }` : 'undefined'});
    sock.onopen = function () {
      transport = sock.transport;
      for (i = 0; i < ${MESSAGES}; i++) { sent += 'm' + i; sock.send('m' + i); }
    };
    sock.onmessage = function (event) { got += event.data; if (++count === ${MESSAGES}) sock.close(); };
    sock.onclose = function (event) { report([transport, got === sent && count, event.code].join(' ')); };`;
  const html = `<!doctype html><html><head><script>${OLD_JSON}</script><script src="/sockjs.js"></script></head><body><script>${script}</script></body></html>`;
  const own = other ?? server;
  Object.assign(own.files, pageFiles(html, profile));
  try {
    return await reportOf(browser, own.url);
  } finally {
    await other?.close();
    await server.close();
  }
}

// By a frame only from a page of the server's origin: the frame begins with `document.domain = document.domain`, which
// throws in a sandbox, and in a frame of another origin there is no emulation to let it through.
describe('sockjs-client 1.6.1, forced to one transport', () => {
  it.each([
    ['websocket', 'ie-10', 'cross-origin'],
    ['websocket', 'chrome-14', 'cross-origin'],
    ['xhr-streaming', 'ie-10', 'cross-origin'],
    ['xhr-streaming', 'firefox-3.6', 'cross-origin'],
    ['xdr-streaming', 'ie-8', 'cross-origin'],
    ['xdr-streaming', 'ie-9', 'cross-origin'],
    ['eventsource', 'chrome-14', 'cross-origin'],
    ['eventsource', 'safari-5', 'cross-origin'],
    ['iframe-eventsource', 'chrome-14', 'same-origin'],
    ['htmlfile', 'ie-6', 'same-origin'],
    ['htmlfile', 'ie-7', 'same-origin'],
    ['htmlfile', 'ie-8', 'same-origin'],
    ['htmlfile', 'ie-9', 'same-origin'],
    ['iframe-htmlfile', 'ie-8', 'same-origin'],
    ['iframe-htmlfile', 'ie-9', 'same-origin'],
    ['xhr-polling', 'ie-6', 'same-origin'],
    ['xhr-polling', 'ie-8', 'same-origin'],
    ['xhr-polling', 'safari-5', 'cross-origin'],
    ['xdr-polling', 'ie-8', 'cross-origin'],
    ['xdr-polling', 'ie-9', 'cross-origin'],
    ['iframe-xhr-polling', 'ie-8', 'same-origin'],
    ['iframe-xhr-polling', 'ie-9', 'same-origin'],
    ['jsonp-polling', 'ie-6', 'cross-origin'],
    ['jsonp-polling', 'ie-8', 'cross-origin'],
    ['jsonp-polling', 'ie-9', 'cross-origin'],
    ['jsonp-polling', 'firefox-3.6', 'cross-origin'],
  ] as const)('echoes by %s in %s from a page of %s', async (transport, profile, page) => {
    expect(await connect({ profile, page, transport })).toBe(`${transport} ${MESSAGES} 1000`);
  });
});

describe('sockjs-client 1.6.1, left to choose across origins', () => {
  // As its published table says; Safari 5 had a WebSocket that servers of today do not speak.
  it.each([
    ['ie-6', 'jsonp-polling'],
    ['ie-7', 'jsonp-polling'],
    ['ie-8', 'xdr-streaming'],
    ['ie-9', 'xdr-streaming'],
    ['ie-10', 'websocket'],
    ['firefox-3.6', 'xhr-streaming'],
    ['chrome-14', 'websocket'],
    ['safari-5', 'xhr-streaming'],
    [null, 'websocket'],
  ] as const)('takes in %s %s', async (profile, transport) => {
    expect(await connect({ profile, page: 'cross-origin' })).toBe(`${transport} ${MESSAGES} 1000`);
  });
});
