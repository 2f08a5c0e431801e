import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createLab, type TestLab } from '../support/lab.ts';
import { type App, startApp } from '../support/server.ts';

const SERVER_JS = `require('node:http').createServer((req, res) => res.end('secret')).listen(8080);`;
const FILES = { 'server.js': SERVER_JS, 'client.js': '', 'index.html': '<!doctype html><title>x</title>' };

let app: App;
let lab: TestLab;

beforeAll(async () => {
  app = await startApp();
  lab = await createLab(app.url, { files: FILES });
});

afterAll(() => app.close());

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** fetch does not let a program choose Host or Sec-Fetch-Site; node:http does, as an attacker's browser would. */
function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(app.url + path, { method, headers, agent: false }, async (response) => {
      resolve({ status: response.statusCode!, headers: response.headers, body: await text(response) });
    });
    sent.on('error', reject).end(body);
  });
}

const codeOf = ({ body }: Answer) => (JSON.parse(body) as { code: string }).code;

describe('the API', () => {
  it('refuses a Host that a stranger can own, so that DNS rebinding gains nothing', async () => {
    for (const path of ['/', '/api/lessons', '/healthz']) {
      const answer = await ask(path, { host: `rebound.example:${app.port}` });
      expect([path, answer.status, codeOf(answer)]).toEqual([path, 403, 'HOST_REFUSED']);
    }
  });

  it('answers under localhost and under an address', async () => {
    for (const host of [`localhost:${app.port}`, `127.0.0.1:${app.port}`, `[::1]:${app.port}`]) {
      expect([host, (await ask('/healthz', { host })).status]).toEqual([host, 200]);
    }
  });

  it("refuses another site's Origin, and a lab's", async () => {
    for (const origin of ['https://evil.example', lab.origin, 'null', `http://localhost:${app.port + 1}`]) {
      const answer = await ask('/api/lessons', { origin });
      expect([origin, answer.status, codeOf(answer)]).toEqual([origin, 403, 'ORIGIN_REFUSED']);
    }
    expect((await ask('/api/lessons', { origin: app.url })).status).toBe(200);
  });

  it('refuses what the browser marks as coming from another site or another port', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const answer = await ask('/api/lessons', { 'sec-fetch-site': site });
      expect([site, answer.status, codeOf(answer)]).toEqual([site, 403, 'ORIGIN_REFUSED']);
    }
    for (const site of ['same-origin', 'none']) {
      expect([site, (await ask('/api/lessons', { 'sec-fetch-site': site })).status]).toEqual([site, 200]);
    }
  });

  it('makes no lab for another site', async () => {
    const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
    const answer = await ask('/api/labs', headers, 'POST', JSON.stringify({ files: FILES }));
    expect([answer.status, codeOf(answer)]).toEqual([403, 'ORIGIN_REFUSED']);
  });

  it('makes no lab of a body that a form could send', async () => {
    const answer = await ask(
      '/api/labs',
      { 'content-type': 'text/plain' },
      'POST',
      JSON.stringify({ files: FILES }),
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it('allows no other origin to read an answer', async () => {
    expect((await ask('/api/lessons')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('sets no cookie', async () => {
    expect((await ask('/')).headers).not.toHaveProperty('set-cookie');
    expect((await fetch(lab.page!.url)).headers.get('set-cookie')).toBeNull();
  });
});

describe('a lab', () => {
  it('obeys nobody without its token', async () => {
    const calls = [
      ['GET', ''],
      ['PUT', '/files'],
      ['POST', '/run'],
      ['POST', '/stop'],
      ['POST', '/cut'],
      ['PATCH', '/conditions'],
      ['GET', '/clock'],
      ['GET', '/wire'],
      ['GET', '/capture.pcapng'],
      ['DELETE', ''],
    ] as const;
    for (const [method, path] of calls) {
      const body =
        method === 'PUT' ? { files: FILES } : path === '/run' || method === 'PATCH' ? {} : undefined;
      for (const token of ['', `${lab.token}x`]) {
        const response = await fetch(`${app.url}/api/labs/${lab.id}${path}`, {
          method,
          headers: {
            ...(token && { authorization: `Bearer ${token}` }),
            ...(body && { 'content-type': 'application/json' }),
          },
          body: body ? JSON.stringify(body) : null,
        });
        const { code } = (await response.json()) as { code: string };
        expect([method, path, response.status, code]).toEqual([method, path, 401, 'TOKEN_REFUSED']);
      }
    }
    expect((await lab.call('GET', '')).status).toBe(200);
  });

  it('has a token and an id that cannot be guessed, and tells the token once', async () => {
    const other = await createLab(app.url, { files: FILES });
    // 128 bits in base64url are 22 characters.
    expect(lab.token).toMatch(/^[\w-]{22,}$/);
    expect(other.token).not.toBe(lab.token);
    expect(await (await lab.call('GET', '')).text()).not.toContain(lab.token);
    expect(
      (await fetch(`${app.url}/api/labs/${lab.id}`, { headers: { authorization: `Bearer ${other.token}` } }))
        .status,
    ).toBe(401);
  });

  it('opens no telemetry WebSocket without the token or for another site', async () => {
    const wire = `${app.url.replace('http', 'ws')}/api/labs/${lab.id}/wire`;
    const attempt = (url: string, origin?: string) =>
      new Promise<string[]>((resolve) => {
        const received: string[] = [];
        const socket = new WebSocket(url, { origin });
        socket.on('message', (data) => received.push(String(data)));
        socket.on('error', (error) => received.push(`error ${error.message}`));
        socket.on('close', () => resolve(received));
      });
    for (const refused of [
      await attempt(wire),
      await attempt(`${wire}?token=${'x'.repeat(lab.token.length)}`),
      await attempt(`${wire}?token=${lab.token}`, 'https://evil.example'),
      await attempt(`${wire}?token=${lab.token}`, lab.origin),
    ]) {
      expect(refused.filter((line) => line.includes('"type"'))).toEqual([]);
    }
  });

  it('serves its page from another origin than the app, and never server.js', async () => {
    expect(new URL(lab.page!.url).origin).not.toBe(app.url);
    expect((await fetch(lab.page!.url)).status).toBe(200);
    expect((await fetch(new URL('server.js', lab.page!.url))).status).toBe(404);
  });

  it('listens on loopback only', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (outside === undefined) return;
    for (const origin of [app.url, lab.origin]) {
      const port = new URL(origin).port;
      await expect(fetch(`http://${outside.address}:${port}/`)).rejects.toThrow();
    }
  });
});

describe('the app page', () => {
  it('has a strict content security policy', async () => {
    const { headers } = await ask('/');
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split(';')
        .map((directive) => directive.trim().split(' '))
        .map(([name, ...sources]) => [name, sources]),
    );
    expect(policy['default-src']).toEqual(["'none'"]);
    expect(policy['script-src']).toEqual(["'self'"]);
    expect(policy['frame-ancestors']).toEqual(["'none'"]);
    expect(policy['base-uri']).toEqual(["'none'"]);
    expect(policy['form-action']).toEqual(["'none'"]);
  });

  it('opens at every address of a lesson, and knows which addresses are nothing', async () => {
    for (const path of ['/', '/lessons/polling', '/lessons/polling/3']) {
      const { status, headers } = await ask(path, { accept: 'text/html' });
      expect([path, status, headers['content-type']]).toEqual([path, 200, 'text/html; charset=utf-8']);
    }
    expect((await ask('/api/nothing')).status).toBe(404);
    expect((await ask('/assets/nothing.js')).status).toBe(404);
  });
});
