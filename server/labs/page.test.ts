import { expect, test } from 'vitest';
import { pageOf } from './page.ts';

const lab = {
  run: 3,
  files: { 'index.html': '', 'client.js': '', 'lib/draw.js': '', 'server.js': '' },
  caller: { hostname: 'localhost', appOrigin: 'http://localhost:3000' },
  origins: { 8088: 'http://localhost:20011' },
  profile: null,
};
const RUNTIME =
  '<script src="/.lab/3/runtime.js" data-run="3" data-app="http://localhost:3000" ' +
  'data-origins="{&#34;8088&#34;:&#34;http://localhost:20011&#34;}"></script>';

test('puts the runtime after the doctype, on its line, before anything that can run', () => {
  expect(pageOf('<!doctype html>\n<p>hello', lab)).toBe(`<!doctype html>${RUNTIME}\n<p>hello`);
  expect(pageOf('<script>run()</script>', lab)).toBe(`${RUNTIME}<script>run()</script>`);
});

test.each([
  ['<script src="client.js">', '<script src="/.lab/3/client.js">'],
  ["<script src='./lib/draw.js'>", '<script src="/.lab/3/lib/draw.js">'],
  ['<script src=/client.js>', '<script src="/.lab/3/client.js">'],
])('makes the address of a lab file absolute: %s', (html, expected) => {
  expect(pageOf(html, lab)).toBe(RUNTIME + expected);
});

test('gives the addresses that name a port of the lab its real one', () => {
  expect(pageOf('<iframe src="http://localhost:8088/stream">', lab)).toBe(
    `${RUNTIME}<iframe src="http://localhost:20011/stream">`,
  );
});

test.each([
  '<img src="/picture">',
  '<a href="https://example.org/client.js">',
  '<script src="server.js">',
  '<p>src = client.js</p>',
])('leaves other addresses alone: %s', (html) => expect(pageOf(html, lab)).toBe(RUNTIME + html));

test('puts the emulation of an old browser between the runtime and the page, when the lab has one', () => {
  const html = pageOf('<p>hello', { ...lab, profile: 'ie-8' });
  expect(html).toBe(
    `${RUNTIME.replace('></script>', ' data-profile="ie-8"></script>')}<script src="/.lab/3/legacy.js" data-profile="ie-8"></script><p>hello`,
  );
});

test('quotes what it puts into attributes', () => {
  const caller = { hostname: 'x', appOrigin: 'http://x"><script>alert(1)</script>' };
  expect(pageOf('', { ...lab, caller })).not.toContain('"><script>alert');
});
