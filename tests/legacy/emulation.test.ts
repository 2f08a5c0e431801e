import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Profile } from '../../server/labs/protocol.ts';
import { launchOldBrowser, type OldBrowser } from '../support/old-browser.ts';
import { REPORT, reportOf, servePage, startOrigin } from '../support/old-page.ts';

let browser: OldBrowser;

beforeAll(async () => {
  browser = await launchOldBrowser();
});
afterAll(() => browser.close());

type Answer = NonNullable<Parameters<typeof startOrigin>[1]>;

/** What a page in this browser reports, whose script is given; `answer` is its origin's server. */
async function run(profile: Profile, script: string, answer?: Answer, head = ''): Promise<string> {
  const html = `<!doctype html><html><head>${head}</head><body><script>${REPORT}\n${script}</script></body></html>`;
  const origin = await startOrigin({}, answer);
  servePage(origin, html, profile);
  try {
    return await reportOf(browser, origin.url);
  } finally {
    await origin.close();
  }
}

describe('the globals of a browser', () => {
  const probe = `report([typeof XMLHttpRequest, typeof ActiveXObject, typeof XDomainRequest, typeof WebSocket,
    typeof EventSource, typeof JSON, typeof addEventListener, typeof postMessage, typeof fetch,
    typeof XMLHttpRequest === 'undefined' ? '' : 'withCredentials' in new XMLHttpRequest()].join());`;
  const f = 'function';
  const u = 'undefined';
  it.each([
    ['ie-6', [u, f, u, u, u, u, u, u, u, '']],
    ['ie-7', [f, f, u, u, u, u, u, u, u, false]],
    ['ie-8', [f, f, f, u, u, 'object', u, f, u, false]],
    ['ie-9', [f, f, f, u, u, 'object', f, f, u, false]],
    ['ie-10', [f, f, f, f, u, 'object', f, f, u, true]],
    ['firefox-3.6', [f, u, u, u, u, 'object', f, f, u, true]],
    ['chrome-14', [f, u, u, f, f, 'object', f, f, u, true]],
    ['safari-5', [f, u, u, u, f, 'object', f, f, u, true]],
  ] as const)('are those of %s', async (profile, expected) => {
    expect(await run(profile, probe)).toBe(expected.join());
  });

  it('are hidden and added in frames of the same origin too, before their scripts run', async () => {
    const script = `window.told = report; var frame = document.createElement('iframe');
      frame.src = '/inner.html'; document.body.appendChild(frame);`;
    const answer: Answer = (_, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(
          '<script>parent.told([typeof fetch, typeof XDomainRequest, typeof ActiveXObject].join())</script>',
        );
    expect(await run('ie-8', script, answer)).toBe('undefined,function,function');
  });

  it('are so in a frame whose address is set after it was inserted', async () => {
    const script = `window.told = report; var frame = document.createElement('iframe');
      document.body.appendChild(frame); frame.src = '/inner.html';`;
    const answer: Answer = (_, response) =>
      response.setHeader('content-type', 'text/html').end('<script>parent.told(typeof WebSocket)</script>');
    expect(await run('ie-8', script, answer)).toBe('undefined');
  });
});

/** Body that arrives in parts, each once the page has said that it has seen the one before (`/seen`). */
function inParts(
  type: string,
  parts: string[],
  { headers = {}, unseen = 0 }: { headers?: Record<string, string>; unseen?: number } = {},
): Answer {
  // An image that was seen before is not asked for again: each question has its number.
  let next: (() => void) | undefined;
  return (request, response) => {
    if (request.url?.startsWith('/seen')) {
      response.end();
      return next?.();
    }
    if (!request.url?.startsWith('/stream')) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type, ...headers });
    let at = 0;
    next = () => (at < parts.length ? void response.write(parts[at++]) : void response.end());
    for (let first = 0; first <= unseen; first++) next();
  };
}
const SEEN = `var asked = 0; function seen() { new Image().src = '/seen?' + ++asked; }`;

describe('XDomainRequest', () => {
  const ALL = `xdr.onload = xdr.onerror = xdr.onprogress = xdr.ontimeout = function () {};`;

  it('has the surface that clients test for', async () => {
    const script = `var xdr = new XDomainRequest();
      report([xdr instanceof XDomainRequest, 'contentType' in xdr, 'setRequestHeader' in xdr, 'withCredentials' in xdr,
        'readyState' in xdr, 'status' in xdr, xdr.responseText === '', xdr.timeout].join());`;
    expect(await run('ie-8', script)).toBe('true,true,false,false,false,false,true,0');
  });

  it.each([
    ['another scheme', `xdr.open('GET', 'https://127.0.0.1/')`, 'Access is denied.'],
    ['another method', `xdr.open('PUT', '/')`, 'Invalid argument.'],
    ['a port that is none', `xdr.open('GET', 'http://127.0.0.1:99999/')`, 'Access is denied.'],
    ['send before open', `xdr.send()`, 'Unspecified error.'],
  ])('throws for %s', async (_, call, message) => {
    const script = `var xdr = new XDomainRequest(); try { ${call}; report('none'); } catch (e) { report(e.message); }`;
    expect(await run('ie-8', script)).toBe(message);
  });

  it('sends a body without Content-Type, Cookie or a header of the page, and needs permission at home too', async () => {
    let seen: unknown;
    const answer: Answer = (request, response) => {
      if (request.method !== 'POST') return void response.writeHead(404).end();
      const { 'content-type': type, cookie, origin } = request.headers;
      seen = { type, cookie, hasOrigin: origin !== undefined };
      response.end('secret');
    };
    const script = `document.cookie = 'a=b'; var xdr = new XDomainRequest(); ${ALL}
      xdr.onload = function () { report('load'); };
      xdr.onerror = function () { report(['error', arguments.length, this === xdr, xdr.responseText].join()); };
      xdr.open('post', '/x', true); xdr.send('body');`;
    expect(await run('ie-9', script, answer)).toBe('error,0,true,');
    expect(seen).toEqual({ type: undefined, cookie: undefined, hasOrigin: true });
  });

  it('holds back a body until 2 KB have come, then gives each part', async () => {
    const script = `${SEEN} var log = [], xdr = new XDomainRequest();
      xdr.ontimeout = xdr.onerror = function () { report('error'); };
      xdr.onprogress = function () { log.push(xdr.responseText.length); seen(); };
      xdr.onload = function () { log.push('load ' + xdr.responseText.length + ' ' + xdr.contentType); report(log.join()); };
      xdr.open('GET', '/stream'); xdr.send();`;
    const parts = ['x'.repeat(1_000), 'x'.repeat(1_048), 'abc', 'de'];
    // Of the first part nobody says that it was seen.
    const answer = inParts('text/plain', parts, {
      headers: { 'access-control-allow-origin': '*' },
      unseen: 1,
    });
    expect(await run('ie-8', script, answer)).toBe('2048,2051,2053,load 2053 text/plain');
  });

  it('fires nothing in Internet Explorer 9 when a handler lacks, and can be told not to', async () => {
    const answer: Answer = (_, response) => response.setHeader('access-control-allow-origin', '*').end('ok');
    const script = `var xdr = new XDomainRequest(); xdr.onload = function () { report('load'); };
      xdr.open('GET', '/x'); xdr.send(); setTimeout(function () { report('nothing'); }, 1000);`;
    expect(await run('ie-9', script, answer)).toBe('nothing');
    expect(await run('ie-8', script, answer)).toBe('load');
    const meta = '<meta name="emulated-bugs" content="no-xdr-needs-all-handlers">';
    expect(await run('ie-9', script, answer, meta)).toBe('load');
  });

  it('tells of a time out, after which the text cannot be read', async () => {
    const script = `var xdr = new XDomainRequest(); ${ALL}
      xdr.onerror = function () { report('error'); };
      xdr.ontimeout = function () { try { report('read ' + xdr.responseText); } catch (e) { report(e.message); } };
      xdr.open('GET', '/x'); xdr.timeout = 50; xdr.send();`;
    expect(await run('ie-8', script, () => undefined)).toBe('Unspecified error.');
  });
});

describe('an htmlfile whose page has the bug htmlfile-collected', () => {
  const meta = '<meta name="emulated-bugs" content="htmlfile-collected">';
  const fill = (end: string) => `var heard = 0;
    function fill(doc) {
      doc.open(); doc.write('<html><body></body></html>'); doc.close();
      doc.parentWindow.hear = function () { if (++heard === 8) report('all'); };
      var frame = doc.createElement('iframe'); doc.body.appendChild(frame); frame.src = '/stream';
    }
    ${end}`;
  /** Eight calls in parts of their own, and `lost` to the page when the connection was closed before. */
  const eightCalls: Answer = (request, response) => {
    if (!request.url?.startsWith('/stream')) return void response.end();
    response.writeHead(200, { 'content-type': 'text/html' });
    response.write(' '.repeat(300));
    let calls = 0;
    const timer = setInterval(() => {
      response.write('<script>parent.hear()</script>');
      if (++calls === 8) clearInterval(timer);
    }, 20);
    response.on('close', () => clearInterval(timer));
  };

  it('goes on while a global variable holds it', async () => {
    const script = fill(`var transport = new ActiveXObject('htmlfile'); fill(transport);`);
    expect(await run('ie-6', script, eightCalls, meta)).toBe('all');
  });

  it('is lost after some parts when only a local variable named it, and its connection is closed', async () => {
    let closed: (() => void) | undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const answer: Answer = (request, response) => {
      if (request.url?.startsWith('/stream')) response.on('close', () => closed?.());
      if (request.url?.startsWith('/closed')) {
        void isClosed.then(() => response.end());
        return;
      }
      eightCalls(request, response);
    };
    const script = fill(`(function () { fill(new ActiveXObject('htmlfile')); })();
      var image = new Image(); image.onerror = function () { report(heard < 8 ? 'lost' : 'late'); };
      image.src = '/closed';`);
    expect(await run('ie-6', script, answer, meta)).toBe('lost');
  });
});

describe('XMLHttpRequest of Internet Explorer before 10', () => {
  it('keeps the body until all of it has come, and throws before', async () => {
    const script = `var log = [], xhr = new ActiveXObject('Microsoft.XMLHTTP');
      xhr.open('GET', '/x', true);
      xhr.onreadystatechange = function () { var text;
        try { text = xhr.responseText + '/' + xhr.status; } catch (e) { text = e.message; }
        log.push(xhr.readyState + ' ' + text); if (xhr.readyState === 4) report(log.join('|')); };
      xhr.send(null);`;
    const late = 'The data necessary to complete this operation is not yet available.';
    expect(await run('ie-6', script, (_, response) => response.end('all'))).toBe(
      `2 ${late}|3 ${late}|4 all/200`,
    );
  });

  it('says 1223 for 204, refuses other origins, and takes no null for a handler', async () => {
    const script = `var log = [], xhr = new XMLHttpRequest();
      try { xhr.open('GET', 'http://localhost:1/'); } catch (e) { log.push(e.message); }
      try { xhr.onreadystatechange = null; } catch (e) { log.push(e.message); }
      xhr.onreadystatechange = function () { if (xhr.readyState === 4) { log.push(xhr.status); report(log.join()); } };
      xhr.open('GET', '/x', true); xhr.send();`;
    expect(await run('ie-8', script, (_, response) => response.writeHead(204).end())).toBe(
      'Access is denied.,Type mismatch.,1223',
    );
  });

  it('is made by the names that there were', async () => {
    const names = [
      'MSXML2.XMLHTTP',
      'Msxml2.XMLHTTP.3.0',
      'Msxml2.XMLHTTP.5.0',
      'Msxml3.XMLHTTP',
      'Msxml2.XMLHTTP.6.0',
    ];
    const script = `var log = []; ${JSON.stringify(names)}.forEach(function (name) {
      try { log.push(typeof new ActiveXObject(name).open); } catch (e) { log.push(e.message); } }); report(log.join());`;
    const no = "Automation server can't create object";
    expect(await run('ie-6', script)).toBe(['function', 'function', no, no, no].join());
    expect(await run('ie-7', script)).toBe(['function', 'function', no, no, 'function'].join());
  });
});

describe('connections to a host', () => {
  /** A stream and two requests; in which order they come, and whether the second comes while the first lasts. */
  const script = `var doc = new ActiveXObject('htmlfile');
    doc.open(); doc.write('<html><body></body></html>'); doc.close();
    var frame = doc.createElement('iframe'); doc.body.appendChild(frame); frame.src = '/stream';
    function get(url, done) {
      var xhr = new ActiveXObject('Microsoft.XMLHTTP');
      xhr.open('GET', url, true);
      xhr.onreadystatechange = function () { if (xhr.readyState === 4 && done) done(xhr.responseText); };
      xhr.send(null);
      return xhr;
    }
    get('/first'); MORE get('/second', report);
    var trips = 0;
    (function trip() {
      var image = new Image(); image.onerror = function () { if (++trips < 5) trip(); };
      image.src = '/trip?' + trips;
    })();`;
  const order = async (profile: Profile, more = ''): Promise<string> => {
    const came: string[] = [];
    let first: ServerResponse | undefined;
    const answer: Answer = ({ url = '' }, response) => {
      if (url.startsWith('/trip')) {
        response.writeHead(404).end();
        // By now whatever the page could send has come.
        if (url === '/trip?4') {
          came.push('end of the first');
          first?.end();
        }
        return;
      }
      came.push(url);
      if (url === '/first') first = response;
      else if (url === '/second') response.end(came.join());
    };
    return run(profile, script.replace('MORE', more), answer);
  };

  /** The first two go over connections of their own, so either may come first. */
  const WAITED = /^(\/stream,\/first|\/first,\/stream),end of the first,\/second$/;

  it.each(['ie-6', 'ie-7'] as const)('are two in %s: a third request waits', async (profile) => {
    expect(await order(profile)).toMatch(WAITED);
  });

  it('are more in ie-8', async () => {
    expect(await order('ie-8')).not.toContain('end of the first');
  });

  it('are not taken by a request that was aborted while it waited', async () => {
    expect(await order('ie-6', `get('/aborted').abort();`)).toMatch(WAITED);
  });
});

describe('htmlfile', () => {
  it('runs each script of an endless document as it comes, with document.domain set', async () => {
    const script = `${SEEN} var log = [], doc = new ActiveXObject('HtmlFile');
      doc.open(); doc.write('<html><script>document.domain="' + document.domain + '";<' + '/script></html>'); doc.close();
      doc.parentWindow.told = function (text) { log.push(text); if (text === 'c') report(log.join()); else seen(); };
      var div = doc.createElement('div'); doc.body.appendChild(div);
      var frame = doc.createElement('iframe'); div.appendChild(frame); frame.src = '/stream';`;
    const parts = [
      `<html><script>document.domain = document.domain</script>${' '.repeat(256)}<script>parent.told('a')</script>`,
      `<script>parent.told(`,
      `'b')</script>`,
      `<script>parent.told('c')</script>`,
    ];
    const answer = inParts('text/html', parts);
    // The second part ends in the middle of a script: the next is asked for with it.
    expect(await run('ie-6', script.replace('seen();', `seen(); if (text === 'a') seen();`), answer)).toBe(
      'a,b,c',
    );
  });

  it.each([
    ['innerHTML', `div.innerHTML = '<iframe src="/stream"></iframe>';`],
    [
      'an address before it is inserted',
      `var f = doc.createElement('iframe'); f.src = '/stream'; doc.body.appendChild(f);`,
    ],
  ])('takes frames made by %s', async (_, make) => {
    const script = `var doc = new ActiveXObject('htmlfile'); doc.open(); doc.write('<html><body></body></html>'); doc.close();
      doc.parentWindow.told = report; var div = doc.createElement('div'); doc.body.appendChild(div); ${make}`;
    const answer = inParts('text/html', [
      `${' '.repeat(256)}<script>parent.told('in ' + (parent !== top))</script>`,
    ]);
    expect(await run('ie-7', script, answer)).toBe('in true');
  });

  it('ends its request when the frame is taken out', async () => {
    const closed = new EventEmitter();
    const ended = once(closed, 'closed');
    const answer: Answer = (request, response) => {
      if (request.url !== '/stream') return void response.writeHead(404).end();
      request.socket.on('close', () => closed.emit('closed'));
      response
        .setHeader('content-type', 'text/html')
        .write(`${' '.repeat(256)}<script>parent.told()</script>`);
    };
    const origin = await startOrigin({}, answer);
    servePage(
      origin,
      `<body><script>var doc = new ActiveXObject('htmlfile'); doc.open(); doc.close();
        var frame = doc.createElement('iframe');
        doc.parentWindow.told = function () { frame.parentNode.removeChild(frame); frame = doc = null; CollectGarbage(); };
        doc.body.appendChild(frame); frame.src = '/stream';</script>`,
      'ie-6',
    );
    const page = await browser.open(`${origin.url}/host.html`);
    await ended;
    await page.close();
    await origin.close();
  });
});

describe('attachEvent', () => {
  it('calls with the window as this, without currentTarget, as often as attached; detachEvent takes one away', async () => {
    const script = `var log = [], button = document.createElement('button'); document.body.appendChild(button);
      function heard(event) { log.push([this === window, event === window.event, event.currentTarget, event.srcElement === button].join('/')); }
      button.attachEvent('onclick', heard); button.attachEvent('onclick', heard); button.click();
      button.detachEvent('onclick', heard); button.click(); report(log.join());`;
    expect(await run('ie-8', script)).toBe('true/true//true,true/true//true,true/true//true');
  });
});
