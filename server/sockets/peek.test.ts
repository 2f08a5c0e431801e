import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { beginsWith, hostOf, peek } from './peek.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

test('waits while there are too few bytes to tell, and decides on the first that differs', () => {
  const prefix = bytes('GET /.lab/');
  expect(beginsWith(bytes('GET /'), prefix)).toBeUndefined();
  expect(beginsWith(bytes('GET /m'), prefix)).toBe(false);
  expect(beginsWith(bytes('GET /.lab/'), prefix)).toBe(true);
  expect(beginsWith(bytes('GET /.lab/3/ HTTP/1.1'), prefix)).toBe(true);
});

test('reads the Host of a head, without its port and in lower case', () => {
  expect(hostOf(bytes('GET / HTTP/1.1\r\nHost: AB-8080.labs.example:3000\r\n\r\n'))).toBe(
    'ab-8080.labs.example',
  );
  expect(hostOf(bytes('GET / HTTP/1.1\r\nAccept: */*\r\nhost:a.example\r\nX: y'))).toBe('a.example');
});

test('does not take half a Host for a whole one', () => {
  expect(hostOf(bytes('GET / HTTP/1.1\r\nHost: ab-8080.la'))).toBeUndefined();
  expect(hostOf(bytes('GET / HTTP/1.1\r\nHost: ab-8080.labs\r'))).toBeUndefined();
});

test('knows a head without Host', () => {
  expect(hostOf(bytes('GET / HTTP/1.0\r\nAccept: */*\r\n\r\n'))).toBe('');
});

test('hands over a client that says nothing when the server may speak first', async () => {
  const seen = new Promise<[string, number]>((resolve) => {
    const server = createServer((socket) => {
      server.close();
      peek<string>(
        socket,
        () => undefined,
        (answer, peeked) => {
          socket.end('hello');
          resolve([answer, peeked.bytes.length]);
        },
        { afterMs: 1, answer: 'silent' },
      );
    }).listen(0, '127.0.0.1', () => {
      connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
    });
  });
  expect(await seen).toEqual(['silent', 0]);
});
