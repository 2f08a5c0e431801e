/** socket.io-client 0.9, unmodified, in emulated browsers, against its real server. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { listen } from 'socket.io';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Profile } from '../../server/labs/protocol.ts';
import { launchOldBrowser, type OldBrowser, triedHere } from '../support/old-browser.ts';
import { REPORT, reportOf, servePage, startOrigin } from '../support/old-page.ts';

const require = createRequire(import.meta.url);
const CLIENT = readFileSync(require.resolve('socket.io-client/dist/socket.io.js'), 'utf8');
const MESSAGES = 20;

let browser: OldBrowser;

beforeAll(async () => {
  browser = await launchOldBrowser();
});
afterAll(() => browser.close());

interface Connection {
  profile: Profile | null;
  /** The page is of the origin of Socket.IO's server, or of another. */
  page: 'same-origin' | 'cross-origin';
  /** The one transport that the server offers; all that there were when absent. */
  transport?: string;
  /** After the first echo the page says how many came, when no other has come for so long, ms. */
  patience?: number;
  /** Bugs of the emulated browser to have, or not. */
  bugs?: string;
}

const TRANSPORTS = ['websocket', 'flashsocket', 'htmlfile', 'xhr-polling', 'jsonp-polling'];

/** Connects, has messages echoed, closes; what the page says: transport, echoed in order, reason of the end. */
async function connect({ profile, page, transport, bugs = '', patience }: Connection): Promise<string> {
  const server = await startOrigin({ '/client.js': CLIENT });
  const io = listen(server.server, {
    log: false,
    // The client cannot be told: it merges a list of its user into its own.
    transports: transport ? [transport] : TRANSPORTS,
    'flash policy server': false,
    'browser client': false,
  });
  io.sockets.on('connection', (socket) => socket.on('message', (message) => socket.send(message)));
  const other = page === 'cross-origin' ? await startOrigin({ '/client.js': CLIENT }) : undefined;
  const script = `${REPORT}
    var got = '', count = 0, sent = '', transport, i;
    var socket = io.connect('${server.url}', { reconnect: false, 'connect timeout': 3000 });
    socket.on('connect', function () {
      transport = socket.socket.transport.name;
      for (i = 0; i < ${MESSAGES}; i++) { sent += 'm' + i; socket.send('m' + i); }
    });
    socket.on('message', function (message) {
      got += message;
      if (++count === ${MESSAGES}) socket.disconnect();
      ${patience ? `setTimeout(function () { report(transport + ' ' + count); }, ${patience});` : ''}
    });
    socket.on('disconnect', function (reason) { report([transport, got === sent && count, reason].join(' ')); });
    socket.on('connect_failed', function () { report('none'); });
    socket.on('error', function (reason) { report('error ' + reason); });`;
  const html = `<!doctype html><html><head><meta name="emulated-bugs" content="${bugs}"><script src="/client.js"></script></head><body><script>${script}</script></body></html>`;
  const own = other ?? server;
  servePage(own, html, profile);
  try {
    return await reportOf(browser, own.url);
  } finally {
    await other?.close();
    await server.close();
  }
}

/** It sets two of the four handlers of XDomainRequest, which Internet Explorer 9 often took amiss, not always. */
const FORGIVEN = 'no-xdr-needs-all-handlers';

describe('socket.io-client 0.9.17, forced to one transport', () => {
  it.each(
    triedHere([
      ['websocket', 'ie-10', 'cross-origin'],
      ['websocket', 'chrome-14', 'cross-origin'],
      ['htmlfile', 'ie-7', 'same-origin'],
      ['htmlfile', 'ie-8', 'same-origin'],
      ['htmlfile', 'ie-9', 'same-origin'],
      ['xhr-polling', 'ie-8', 'same-origin'],
      ['xhr-polling', 'ie-8', 'cross-origin'],
      ['xhr-polling', 'ie-9', 'cross-origin'],
      ['xhr-polling', 'ie-10', 'cross-origin'],
      ['xhr-polling', 'firefox-3.6', 'cross-origin'],
      ['xhr-polling', 'safari-5', 'cross-origin'],
      ['jsonp-polling', 'ie-6', 'cross-origin'],
      ['jsonp-polling', 'ie-8', 'cross-origin'],
      ['jsonp-polling', 'ie-9', 'cross-origin'],
      ['jsonp-polling', 'firefox-3.6', 'cross-origin'],
      ['jsonp-polling', 'chrome-14', 'cross-origin'],
    ] as const),
  )('echoes by %s in %s from a page of %s', async (transport, profile, page) => {
    expect(await connect({ profile, page, transport, bugs: FORGIVEN })).toBe(
      `${transport} ${MESSAGES} booted`,
    );
  });

  // It asks `this` for the readyState, which is the window in a handler of MSXML's object: so it was in Internet Explorer 6
  // (socketio/socket.io-client#459, testem/testem#263).
  it('sends one message by htmlfile in Internet Explorer 6, and never learns that it was sent', async () => {
    const given = { profile: 'ie-6', page: 'same-origin', transport: 'htmlfile', patience: 2_000 } as const;
    expect(await connect(given)).toBe('htmlfile 1');
  });

  it('is answered by xhr-polling in Internet Explorer 6, and does not learn of it', async () => {
    expect(await connect({ profile: 'ie-6', page: 'same-origin', transport: 'xhr-polling' })).toBe('none');
  });

  it('finds no Flash for flashsocket', async () => {
    expect(await connect({ profile: 'ie-8', page: 'same-origin', transport: 'flashsocket' })).toBe('none');
  });
});

describe('socket.io-client 0.9.17, left to choose', () => {
  it.each([
    ['ie-7', 'same-origin', 'htmlfile'],
    ['ie-6', 'cross-origin', 'jsonp-polling'],
    ['ie-8', 'same-origin', 'htmlfile'],
    ['ie-8', 'cross-origin', 'xhr-polling'],
    // After `connect timeout`: its XDomainRequest is never answered.
    ['ie-9', 'cross-origin', 'jsonp-polling'],
    ['ie-10', 'cross-origin', 'websocket'],
    ['firefox-3.6', 'cross-origin', 'xhr-polling'],
    ['chrome-14', 'cross-origin', 'websocket'],
    ['safari-5', 'cross-origin', 'xhr-polling'],
    [null, 'cross-origin', 'websocket'],
  ] as const)('takes in %s from a page of %s: %s', async (profile, page, transport) => {
    expect(await connect({ profile, page })).toBe(`${transport} ${MESSAGES} booted`);
  });
});
