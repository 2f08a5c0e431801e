import { describe, expect, it } from 'vitest';
import { realAddress, realInHtml } from './addresses.ts';

const ORIGINS = {
  8088: 'http://localhost:20011',
  80: 'http://localhost:20012',
  9000: 'http://localhost:9000',
};
const real = (url: string): string => realAddress(url, ORIGINS, 'http://localhost:20013');

describe('addresses of the lab', () => {
  it.each([
    ['http://localhost:8088', 'http://localhost:20011'],
    [
      'http://localhost:8088/a?b=http://localhost:8088/#c',
      'http://localhost:20011/a?b=http://localhost:8088/#c',
    ],
    ['HTTP://LOCALHOST:8088/', 'http://localhost:20011/'],
    ['http://127.0.0.1:8088?x', 'http://localhost:20011?x'],
    ['http://[::1]:8088/', 'http://localhost:20011/'],
    ['//localhost:8088/a', 'http://localhost:20011/a'],
    ['ws://127.0.0.1:8088/chat', 'ws://localhost:20011/chat'],
    ['http://localhost/', 'http://localhost:20012/'],
    [' http://localhost:8088/a', 'http://localhost:20011/a'],
    ['http://127.0.0.1:9000/', 'http://localhost:9000/'],
  ])('%s is %s', (url, expected) => expect(real(url)).toBe(expected));

  it.each([
    'http://localhost:8089/',
    'http://localhost:20011/a',
    'http://localhost:20013/a',
    'http://localhost:9000/',
    'http://example.org:8088/',
    'http://localhost:8088@example.org/',
    'http://localhost:8088.example.org/',
    'http://localhost:80880/',
    'http://user@localhost:8088/',
    'ftp://localhost:8088/',
    '/a',
    'a?b=http://localhost:8088/',
    '',
    'http://localhost:constructor/',
  ])('%j stays as it is', (url) => expect(real(url)).toBe(url));

  it('keep their real meaning when a port was asked for that is the real one of another', () => {
    const origins = { 8088: 'http://localhost:20000', 20000: 'http://localhost:20001' };
    expect(realAddress('http://localhost:20000/', origins)).toBe('http://localhost:20000/');
    expect(realAddress('http://127.0.0.1:20000/', origins)).toBe('http://localhost:20001/');
  });

  it('follow a scheme with TLS and the name under which the lab is reached', () => {
    const origins = { 8088: 'https://a1-8088.labs.example' };
    expect(realAddress('ws://localhost:8088/a', origins)).toBe('wss://a1-8088.labs.example/a');
    const inClass = { 8088: 'http://192.168.1.5:20011' };
    expect(realAddress('http://192.168.1.5:8088/a', inClass)).toBe('http://192.168.1.5:20011/a');
  });
});

describe('addresses in HTML', () => {
  it.each([
    [
      '<script src="http://localhost:8088/a?cb=f"></script>',
      '<script src="http://localhost:20011/a?cb=f"></script>',
    ],
    ["<p><iframe id=x src='//127.0.0.1:8088/'>", "<p><iframe id=x src='http://localhost:20011/'>"],
    ['<img src=http://localhost:8088/a.gif>', '<img src=http://localhost:20011/a.gif>'],
    [
      '<form method=post\n action="http://localhost:8088/pay">',
      '<form method=post\n action="http://localhost:20011/pay">',
    ],
  ])('%s', (html, expected) => expect(realInHtml(html, real)).toBe(expected));

  it.each(['<a href="http://localhost:8088/">', 'http://localhost:8088/', '<img src="/a">'])(
    '%s stays as it is',
    (html) => expect(realInHtml(html, real)).toBe(html),
  );
});
