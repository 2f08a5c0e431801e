/** Programs as they were written ten years ago and more, put into a lab as they stand. */
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CreateLabBody } from '../../server/labs/protocol.ts';
import { runLab } from '../support/lesson-run.ts';
import { startSite } from '../support/site.ts';

const PROGRAMS = join(import.meta.dirname, 'pasted');
/** That their code names. */
const PORTS = ['8088', '8000'];

const site = startSite();
/** Somebody else listens where the code wants to: it names a port that the lab does not really have. */
let others: Server[];

beforeAll(async () => {
  others = await Promise.all(PORTS.map(() => listening()));
});
afterAll(() => {
  for (const other of others) other.close();
});

async function listening(): Promise<Server> {
  const server = createServer((socket) => socket.destroy()).listen(0, 'localhost');
  await once(server, 'listening');
  return server;
}

const portOf = (server: Server) => String((server.address() as { port: number }).port);

/** A program with other ports in the place of its own. */
function filesOf(program: string, ports: readonly string[]): Record<string, string> {
  const folder = join(PROGRAMS, program);
  const at = (text: string) => PORTS.reduce((code, port, n) => code.replaceAll(port, ports[n]!), text);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, at(readFileSync(join(folder, name), 'utf8'))]),
  );
}

/** What the page shows in its log, until it is this. */
async function shows(body: CreateLabBody, expected: RegExp): Promise<void> {
  const run = await runLab(site.url, site.browser, body);
  try {
    const log = () =>
      run.page.evaluate(() => document.getElementById('log')?.innerText.replace(/\s+/g, ' ') ?? '');
    await expect.poll(log).toMatch(expected);
    expect(run.uncaught()).toEqual([]);
  } finally {
    await run.close();
  }
}

it.each([
  ['jsonp', 'same-origin', /^2 4 6 8/],
  ['jsonp', 'cross-origin', /^2 4 6 8/],
  ['forever-iframe', 'same-origin', /(?=.*html 3)(?=.*src 3)/],
  ['event-source', 'same-origin', /^first tick tick/],
  ['event-source', 'cross-origin', /^first tick tick/],
  ['websocket', 'same-origin', /^you said hello 0 you said hello 1 you said hello 2/],
  ['websocket', 'cross-origin', /^you said hello 0 you said hello 1 you said hello 2/],
  ['xhr-streaming', 'same-origin', /^(\[\])?\[5;.*\]\[.*end$/],
  ['xhr-streaming', 'cross-origin', /^(\[\])?\[5;.*\]\[.*end$/],
] as const)('runs %s from a page of %s', async (program, page, expected) => {
  await shows({ files: filesOf(program, others.map(portOf)), page }, expected);
});

it.each(['ie-6', 'ie-8', 'chrome-14'] as const)('runs xhr-streaming in %s', async (profile) => {
  // Before Internet Explorer 10 what has come so far cannot be read: it throws, as it did.
  const expected = profile === 'chrome-14' ? /^(\[\])?\[5;.*\]\[.*end$/ : /^end$/;
  const files = filesOf('xhr-streaming', others.map(portOf));
  if (profile !== 'chrome-14')
    files['client.js'] = files['client.js']!.replace('xhr.readyState == 3', 'false');
  if (profile === 'ie-6')
    files['client.js'] = files['client.js']!.replace(
      'new XML',
      "new ActiveXObject('Microsoft.XMLHTTP') || new XML",
    );
  await shows({ files, page: 'same-origin', profile }, expected);
});

it('runs long-polling, whose server sends its own page', async () => {
  // Here the address must be the real one: the page is sent byte by byte.
  const free = await Promise.all(PORTS.map(() => listening()));
  const ports = free.map(portOf);
  await Promise.all(free.map((server) => once(server.close(), 'close')));
  await shows({ files: filesOf('long-polling', ports), page: 'server' }, /^Café résumé Café résumé/);
});
