/** sockjs-client, unmodified, in emulated browsers, against its real server. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'sockjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Profile } from '../../server/labs/protocol.ts';
import { launchOldBrowser, type OldBrowser, triedHere } from '../support/old-browser.ts';
import { REPORT, reportOf, servePage, startOrigin } from '../support/old-page.ts';

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

let browser: OldBrowser;

beforeAll(async () => {
  browser = await launchOldBrowser();
});
afterAll(() => browser.close());

interface Connection {
  profile: Profile | null;
  /** The page is of the origin of SockJS's server, or of another. */
  page: 'same-origin' | 'cross-origin';
  /** The transports that are allowed; all when absent. */
  transports?: readonly string[];
  /** The server offers WebSocket; it does when absent. */
  websocket?: boolean;
  /** The server needs its cookie (`JSESSIONID`, for a balancer that keeps a client with one server). */
  cookies?: boolean;
}

/** Connects, has messages echoed, closes; what the page says: transport, echoed in order, code. */
async function connect({
  profile,
  page,
  transports,
  websocket = true,
  cookies = false,
}: Connection): Promise<string> {
  const echo = createServer({
    sockjs_url: '/sockjs.js',
    log: () => undefined,
    websocket,
    jsessionid: cookies,
  });
  echo.on('connection', (connection) => {
    connection.on('data', (message) => connection.write(message));
  });
  const server = await startOrigin({ '/sockjs.js': CLIENT });
  echo.installHandlers(server.server, { prefix: '/echo' });
  const other = page === 'cross-origin' ? await startOrigin({ '/sockjs.js': CLIENT }) : undefined;
  const script = `${REPORT}
    var got = '', count = 0, sent = '', transport, i;
    var sock = new SockJS('${server.url}/echo', null, ${JSON.stringify(transports && { transports })});
    sock.onopen = function () {
      transport = sock.transport;
      for (i = 0; i < ${MESSAGES}; i++) { sent += 'm' + i; sock.send('m' + i); }
    };
    sock.onmessage = function (event) { got += event.data; if (++count === ${MESSAGES}) sock.close(); };
    sock.onclose = function (event) { report([transport, got === sent && count, event.code].join(' ')); };`;
  const html = `<!doctype html><html><head><script>${OLD_JSON}</script><script src="/sockjs.js"></script></head><body><script>${script}</script></body></html>`;
  const own = other ?? server;
  servePage(own, html, profile, other ? [server] : []);
  try {
    return await reportOf(browser, own.url);
  } finally {
    await other?.close();
    await server.close();
  }
}

describe('sockjs-client 1.6.1, forced to one transport', () => {
  it.each(
    triedHere([
      ['websocket', 'ie-10', 'cross-origin'],
      ['websocket', 'chrome-14', 'cross-origin'],
      ['xhr-streaming', 'ie-10', 'cross-origin'],
      ['xhr-streaming', 'firefox-3.6', 'cross-origin'],
      ['xdr-streaming', 'ie-8', 'cross-origin'],
      ['xdr-streaming', 'ie-9', 'cross-origin'],
      ['eventsource', 'chrome-14', 'cross-origin'],
      ['eventsource', 'safari-5', 'cross-origin'],
      ['iframe-eventsource', 'chrome-14', 'same-origin'],
      ['iframe-eventsource', 'chrome-14', 'cross-origin'],
      ['iframe-eventsource', 'safari-5', 'cross-origin'],
      ['htmlfile', 'ie-6', 'same-origin'],
      ['htmlfile', 'ie-7', 'same-origin'],
      ['htmlfile', 'ie-8', 'same-origin'],
      ['htmlfile', 'ie-9', 'same-origin'],
      ['iframe-htmlfile', 'ie-8', 'same-origin'],
      ['iframe-htmlfile', 'ie-9', 'same-origin'],
      ['iframe-htmlfile', 'ie-8', 'cross-origin'],
      ['iframe-htmlfile', 'ie-9', 'cross-origin'],
      ['xhr-polling', 'ie-6', 'same-origin'],
      ['xhr-polling', 'ie-8', 'same-origin'],
      ['xhr-polling', 'safari-5', 'cross-origin'],
      ['xdr-polling', 'ie-8', 'cross-origin'],
      ['xdr-polling', 'ie-9', 'cross-origin'],
      ['iframe-xhr-polling', 'ie-8', 'same-origin'],
      ['iframe-xhr-polling', 'ie-9', 'same-origin'],
      ['iframe-xhr-polling', 'ie-8', 'cross-origin'],
      ['iframe-xhr-polling', 'ie-9', 'cross-origin'],
      ['jsonp-polling', 'ie-6', 'cross-origin'],
      ['jsonp-polling', 'ie-8', 'cross-origin'],
      ['jsonp-polling', 'ie-9', 'cross-origin'],
      ['jsonp-polling', 'firefox-3.6', 'cross-origin'],
    ] as const),
  )('echoes by %s in %s from a page of %s', async (transport, profile, page) => {
    expect(await connect({ profile, page, transports: [transport] })).toBe(`${transport} ${MESSAGES} 1000`);
  });
});

const POLLING = ['xhr-polling', 'xdr-polling', 'iframe-xhr-polling', 'jsonp-polling'];

// The table of its README, for pages served by HTTP. `no` means that the next column is taken.
describe('sockjs-client 1.6.1, left to choose across origins, takes what its published table says', () => {
  it.each([
    // Profile, cookies needed, WebSocket, streaming, polling.
    ['ie-6', false, 'no', 'no', 'jsonp-polling'],
    ['ie-7', false, 'no', 'no', 'jsonp-polling'],
    ['ie-8', false, 'no', 'xdr-streaming', 'xdr-polling'],
    ['ie-9', false, 'no', 'xdr-streaming', 'xdr-polling'],
    ['ie-8', true, 'no', 'iframe-htmlfile', 'iframe-xhr-polling'],
    ['ie-9', true, 'no', 'iframe-htmlfile', 'iframe-xhr-polling'],
    ['ie-10', false, 'websocket', 'xhr-streaming', 'xhr-polling'],
    ['firefox-3.6', false, 'no', 'xhr-streaming', 'xhr-polling'],
    ['chrome-14', false, 'websocket', 'xhr-streaming', 'xhr-polling'],
    // It had a WebSocket, of a draft (hixie-76) that browsers of today do not speak: here it has none.
    ['safari-5', false, 'no', 'xhr-streaming', 'xhr-polling'],
    [null, false, 'websocket', 'xhr-streaming', 'xhr-polling'],
  ] as const)('in %s, cookies needed: %s', async (profile, cookies, ...table) => {
    const [webSocket, streaming, polling] = table;
    const first = table.find((transport) => transport !== 'no');
    const page = 'cross-origin';
    expect(await connect({ profile, page, cookies })).toBe(`${first} ${MESSAGES} 1000`);
    // A column is a choice of its own where the one before it was taken.
    if (webSocket !== 'no') {
      expect(await connect({ profile, page, cookies, websocket: false })).toBe(
        `${streaming} ${MESSAGES} 1000`,
      );
    }
    if (first !== polling) {
      expect(await connect({ profile, page, cookies, transports: POLLING })).toBe(
        `${polling} ${MESSAGES} 1000`,
      );
    }
  });
});
