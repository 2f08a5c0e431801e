import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../../.ci/build.mjs';
import { readOffers } from '../../../.ci/declarations.mjs';
import type { Side } from './mistakes.ts';
import { PAGE_DECLARATIONS } from './page-declarations.ts';
import { SideService } from './side-service.ts';

interface Model {
  uri: string;
  version: number;
  getValue(): string;
}

/** One service per side serves all tests: what it knows of Node and of the DOM is read once. */
const models: Record<Side, Model[]> = { browser: [], server: [] };
const services = {} as Record<Side, SideService>;
let version = 0;

beforeAll(async () => {
  await build(['sandbox', 'declarations']);
  const declarations = JSON.parse(await readFile('dist/declarations.json', 'utf8')) as Record<string, string>;
  for (const side of ['browser', 'server'] as const) {
    const context = { getMirrorModels: () => models[side] };
    services[side] = new SideService(
      context as never,
      side,
      side === 'server' ? declarations : PAGE_DECLARATIONS,
    );
    await open(side, { 'first.js': '|' }).labels();
  }
});

/** A side with these files; `|` in the first is where the cursor stands. */
function open(side: Side, files: Record<string, string>) {
  const service = services[side];
  const [[main, marked]] = Object.entries(files) as [[string, string]];
  // `||` is an operator.
  const offset = marked.search(/(?<!\|)\|(?!\|)/);
  const code = offset < 0 ? marked : marked.slice(0, offset) + marked.slice(offset + 1);
  version++;
  models[side] = Object.entries({ ...files, [main]: code }).map(([file, text]) => ({
    uri: `file:///${side}/lesson/${file}`,
    version,
    getValue: () => text,
  }));
  const address = `file:///${side}/lesson/${main}`;
  return {
    labels: async () => {
      const found = await service.getCompletionsAtPosition(address, offset);
      return found?.entries.map(({ name }) => name) ?? [];
    },
    hover: async () => {
      const info = await service.getQuickInfoAtPosition(address, offset);
      return info?.displayParts?.map((part) => part.text).join('');
    },
    problems: async () => {
      const found = await service.getProblems(address);
      return found.map(({ start: _start, length: _length, ...rest }) => rest);
    },
  };
}
const server = (code: string, more: Record<string, string> = {}) =>
  open('server', { 'server.js': code, ...more });
const browser = (code: string) => open('browser', { 'client.js': code });

describe('server.js', () => {
  it.each([
    ["const http = require('http'); http.|", ['createServer', 'get', 'request', 'STATUS_CODES']],
    ["import * as http from 'node:http'; http.|", ['createServer', 'Server']],
    [
      "require('http').createServer((req, res) => { res.| })",
      ['writeHead', 'setHeader', 'write', 'end', 'flushHeaders'],
    ],
    ["require('node:http').createServer((req, res) => { req.| })", ['url', 'method', 'headers', 'on']],
    ["require('http').createServer().on('upgrade', (req, socket) => { socket.| })", ['write', 'end', 'pipe']],
    ["require('net').createServer((socket) => { socket.| })", ['remoteAddress', 'setNoDelay', 'write']],
    [
      "import { WebSocketServer } from 'ws'; new WebSocketServer({ port: 1 }).on('|')",
      ['connection', 'listening'],
    ],
    [
      "const WebSocket = require('ws'); new WebSocket.Server().on('connection', (ws) => { ws.| })",
      ['send', 'ping', 'terminate'],
    ],
    ["require('eventsource-parser').|", ['createParser', 'ParseError']],
    ['process.env.|', ['PAGE_ORIGIN']],
    ["fetch('/').then((response) => response.|)", ['json', 'status', 'headers']],
  ])('is offered members: %s', async (code, expected) => {
    expect(await server(code).labels()).toEqual(expect.arrayContaining(expected));
  });

  it('is offered the modules of a lab and no others', async () => {
    const labels = await server("require('|')").labels();
    expect(labels).toEqual(expect.arrayContaining(['http', 'node:http', 'zlib', 'ws', 'eventsource-parser']));
    expect(labels.filter((name) => /child_process|https|tls|internal/.test(name))).toEqual([]);
  });

  it.each(['fs', 'crypto', 'os', 'http'])('is offered of %s what the guest has of it', async (name) => {
    const { modules } = await readOffers();
    const labels = await server(`require('${name}').|`).labels();
    expect(labels.length).toBeGreaterThan(10);
    // Classes may stand there for the sake of types that name them.
    const functions = labels.filter((label) => !/^[A-Z]/.test(label));
    expect(functions.filter((label) => !modules[name]!.includes(label))).toEqual([]);
    expect(await server('process.|').labels()).not.toContain('dlopen');
  });

  it('knows nothing of the page', async () => {
    const labels = await server('|').labels();
    expect(labels).toEqual(expect.arrayContaining(['Buffer', 'process', 'setImmediate']));
    expect(labels.filter((name) => /^(document|window|localStorage|XMLHttpRequest)$/.test(name))).toEqual([]);
  });

  it('sees the files it imports or requires', async () => {
    const room = { 'room.js': 'export function enter(name) {} export const size = 3;' };
    expect(
      await server(
        "import { enter } from './room.js'; import * as room from './room.js'; room.|",
        room,
      ).labels(),
    ).toEqual(['enter', 'size']);
    const lib = { 'lib/index.js': 'exports.greet = (name) => "hi " + name;' };
    expect(await server("const { greet } = require('./lib'); gr|eet('x')", lib).hover()).toContain(
      'greet(name: any): string',
    );
  });

  it('is documented as Node is', async () => {
    const hover = await server("const { createServer } = require('http'); create|Server()").hover();
    expect(hover).toContain('createServer');
  });
});

describe('client.js', () => {
  it('is offered the DOM and nothing of Node', async () => {
    expect(await browser('document.|').labels()).toContain('createElement');
    expect(await browser("new EventSource('/').|").labels()).toContain('onmessage');
    const labels = await browser('|').labels();
    expect(labels).toEqual(expect.arrayContaining(['document', 'XMLHttpRequest', 'WebSocket']));
    expect(labels.filter((name) => /^(require|process|Buffer|setImmediate|module)$/.test(name))).toEqual([]);
  });

  it('takes a variable for its own that the page has too', async () => {
    expect(await browser('const status = { code: 1 }; status.|').labels()).toEqual(['code']);
  });
});

describe('problems', () => {
  it('are errors of syntax alone while there are any', async () => {
    expect(await server("const http = require('http'; http.creatServer();").problems()).toEqual([
      { kind: 'syntax', message: "')' expected." },
    ]);
  });

  it.each([
    ["require('http').creatServer()", { kind: 'misspelt', name: 'creatServer', suggestion: 'createServer' }],
    [
      "import { creatServer } from 'http'; creatServer()",
      { kind: 'misspelt', name: 'creatServer', suggestion: 'createServer' },
    ],
    [
      "require('http').createServer((req, res) => { res.writeHaed(200) })",
      { kind: 'misspelt', name: 'writeHaed', suggestion: 'writeHead' },
    ],
    ['const messages = []; mesages.push(1)', { kind: 'misspelt', name: 'mesages', suggestion: 'messages' }],
    ["require('http').listen(1)", { kind: 'missing', name: 'listen', module: 'http' }],
    ["import { fork } from 'net'", { kind: 'missing', name: 'fork', module: 'net' }],
    ["require('express')()", { kind: 'no-module', name: 'express' }],
    ["require('child_process')", { kind: 'no-module', name: 'child_process' }],
    ['document.title', { kind: 'browser-only', name: 'document' }],
    ['nobody()', { kind: 'unknown', name: 'nobody' }],
    ['const a = 1; a = 2', { kind: 'constant', name: 'a' }],
  ])('of server.js are clear mistakes: %s', async (code, expected) => {
    expect(await server(code).problems()).toEqual([expected]);
  });

  it.each([
    'function f(a, b) { return a + b } f(1); f(1, 2, 3); let x = 1; x = "one"; x.foo;',
    "const { WebSocketServer } = require('ws'); new WebSocketServer({ port: 1 }).on('connection', (ws) => { ws.isAlive = true; ws.on('pong', () => { ws.isAlive = false }) })",
    "require('http').createServer((req, res) => { req.user = {}; res.end(req.user.name); if (res.flush) res.flush(); }).listen(1, (error) => {})",
    "try { null.x } catch (error) { console.log(error.code, error.message) } const data = JSON.parse('{}'); data.any.thing",
    "function Room() { this.people = [] } Room.prototype.enter = function (name) { this.people.push(name) }; new Room().enter('x')",
    'module.exports = { a: 1 }; exports.b = 2; counter = 1; console.log(counter, __dirname, require.main === module)',
    "const clients = {}; clients.first = 1; clients['x'] = 2; for (const id in clients) clients[id]; const list = new Set(); list.name = 'x'",
    "import http from 'http'; import fs from 'fs'; http.createServer(async (q, s) => s.end(await fs.promises.readFile('a'))).listen(process.env.PORT)",
  ])('are not seen in %s', async (code) => {
    expect(await server(code).problems()).toEqual([]);
  });

  it.each([
    "document.getElementById('name').value; document.querySelector('#f').submit(); event.target.files",
    "const name = 'x'; const xhr = window.XMLHttpRequest ? new XMLHttpRequest() : new ActiveXObject('Microsoft.XMLHTTP'); xhr.open('GET', '/')",
    "if (window.webkitRequestAnimationFrame) window.webkitRequestAnimationFrame(show); function show() {} document.attachEvent && document.attachEvent('x', show)",
    "io.connect('/'); $('#x').hide(); lab.origins",
    "window.mesage = 1; window.message2 = window.mesage; fetch('/').then(r => r.json()).then(({ id, text }) => { id.x })",
  ])('are not seen in client.js: %s', async (code) => {
    expect(await browser(code).problems()).toEqual([]);
  });

  it('of client.js name what only the server has, and slips of the pen', async () => {
    expect(await browser("require('http')").problems()).toEqual([{ kind: 'server-only', name: 'require' }]);
    expect(await browser('document.creatElement("p")').problems()).toEqual([
      { kind: 'misspelt', name: 'creatElement', suggestion: 'createElement' },
    ]);
  });
});
