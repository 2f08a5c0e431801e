/** Express, as it is published, in real Node and in a lab: both must send the same bytes and print the same lines. */
import { createRequire } from 'node:module';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxPool } from '../../server/sandbox/contract.ts';
import { testPool } from '../../server/sandbox/test-support.ts';
import { runInLab } from './in-lab.ts';
import { runInNode } from './in-node.ts';
import { last, post, type Program } from './program.ts';

let pool: SandboxPool;
let express = '';
beforeAll(async () => {
  const bundle = await rolldown({
    input: createRequire(import.meta.url).resolve('express'),
    platform: 'node',
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'cjs', exports: 'auto' });
  await bundle.close();
  express = output[0].code;
  pool = await testPool();
});
afterAll(() => pool.close());

const APP = `
const express = require('./express.js');
const app = express();
app.use(express.json(), express.urlencoded({ extended: false }));
app.use('/files', express.static(__dirname + '/public', { etag: false, lastModified: false }));
app.get('/', (req, res) => res.send('<h1>home</h1>'));
app.get('/users/:id', (req, res) => res.json({ id: req.params.id, query: req.query, secure: req.secure, host: req.hostname, accepts: req.accepts(['html', 'json']) }));
app.post('/p', (req, res) => res.status(201).set('X-Made', 'yes').cookie('a', 'b').json({ got: req.body }));
app.get('/throws', () => { throw new Error('thrown'); });
app.get('/later', async (req, res) => { await new Promise((done) => setTimeout(done, 2)); res.redirect(303, '/'); });
app.get('/stream', (req, res) => { res.type('text/event-stream'); res.write('data: 1\\n\\n'); setTimeout(() => res.end('data: 2\\n\\n'), 2); });
const router = express.Router();
router.use((req, res, next) => { res.locals.seen = req.baseUrl; next(); });
router.all('/*', (req, res) => res.format({ json: () => res.json(res.locals), default: () => res.send('text') }));
app.use('/api', router);
app.use((error, req, res, next) => { console.log('handled', error.status, error.message); res.status(error.status ?? 500).send('sorry'); });
const server = app.listen(8088, () => console.log('listening', server.listening));
`;

it('answers in a lab as in Node', async () => {
  const json = 'Content-Type: application/json\r\n';
  const program: Program = {
    title: 'Express',
    code: '',
    files: { 'server.js': APP, 'express.js': express, 'public/hello.txt': 'a static file' },
    send: [
      [last('/')],
      [last('/users/7?a=1&b=2&b=3', 'Accept: application/json\r\n')],
      [post('{"name":"x"}', json)],
      [post('{"broken', json)],
      [post('a=1&b=%20', 'Content-Type: application/x-www-form-urlencoded\r\n')],
      [last('/files/hello.txt')],
      [last('/files/hello.txt', 'Range: bytes=2-7\r\n')],
      [last('/files/../server.js')],
      [last('/nowhere')],
      [last('/throws')],
      [last('/later')],
      [last('/stream')],
      [last('/api/things/1', 'Accept: application/json\r\n')],
      ['HEAD / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n'],
      [last('/', 'If-None-Match: W/"d-jcDGnJq1qHkyYzQlLCeJDo9EfEA"\r\n')],
    ],
  };
  const node = await runInNode(program);
  const lab = await runInLab(pool, program, node.lines.length);
  expect(lab).toEqual(node);
  expect(
    node.bytes
      .slice(0, 14)
      .map((bytes) => bytes.slice(9, 12))
      .join(' '),
  ).toBe('200 200 201 400 201 200 206 404 404 500 303 200 200 200');
});
