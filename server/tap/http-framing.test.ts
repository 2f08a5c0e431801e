import { expect, test } from 'vitest';
import { RequestFraming, ResponseFraming } from './http-framing.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Offsets at which `text`, given byte by byte, is known to be complete. */
function borders(reader: RequestFraming | ResponseFraming, text: string): number[] {
  return [...bytes(text)].flatMap((byte, at) => (reader.read(Buffer.of(byte)) > 0 ? [at + 1] : []));
}

function responsesTo(...methods: string[]): ResponseFraming {
  const requests = new RequestFraming();
  for (const method of methods) requests.read(bytes(`${method} / HTTP/1.1\r\n\r\n`));
  return new ResponseFraming(requests);
}

const LENGTH = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED =
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;a="b"\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n';

test.each([
  ['Content-Length', LENGTH],
  ['chunks with extensions and trailers', CHUNKED],
  ['no body on 204', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['no body on 304, whatever its length says', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n'],
  ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nhi'],
])('knows where a response ends: %s', (_name, text) => {
  expect(borders(responsesTo('GET'), text)).toEqual([text.length]);
});

test.each([LENGTH, CHUNKED, LENGTH.replaceAll('\r\n', '\n') + LENGTH, `\r\n${LENGTH}`])(
  'finds the same borders in one piece as byte by byte: %j',
  (text) => {
    expect(responsesTo('GET', 'GET').read(bytes(text))).toBe(borders(responsesTo('GET', 'GET'), text).at(-1));
  },
);

test('knows that the answer to HEAD has no body', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n';
  expect(borders(responsesTo('HEAD', 'GET'), head + LENGTH)).toEqual([
    head.length,
    head.length + LENGTH.length,
  ]);
});

test('knows an interim response from the final one', () => {
  const requests = new RequestFraming();
  requests.read(bytes('HEAD / HTTP/1.1\r\n\r\n'));
  const responses = new ResponseFraming(requests);
  const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
  expect(borders(responses, interim)).toEqual([interim.length]);
  expect(requests.unanswered).toEqual(['HEAD']);
});

test('finds the border in the middle of a piece', () => {
  expect(responsesTo('GET', 'GET').read(bytes(LENGTH + CHUNKED.slice(0, 20)))).toBe(LENGTH.length);
});

test('has no end for a body that ends with the connection', () => {
  const responses = responsesTo('GET');
  expect(borders(responses, 'HTTP/1.0 200 OK\r\n\r\nhello')).toEqual([]);
  expect(responses.between).toBe(false);
});

test('is a tunnel after 101, and for what is not HTTP', () => {
  const responses = responsesTo('GET');
  const frame = bytes('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x02hi');
  expect(responses.read(frame)).toBe(frame.length);
  expect(responses.tunnel).toBe(true);
  for (const first of ['hello', '\x16\x03\x01', 'HTTP/2 no', 'H!']) {
    expect(responsesTo().read(bytes(first))).toBe(first.length);
  }
});

test('counts pipelined requests with and without bodies', () => {
  const requests = new RequestFraming();
  const text =
    'POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc' +
    'PUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n' +
    '\r\nGET /c HTTP/1.1\r\n\r\n';
  expect(borders(requests, text).at(-1)).toBe(text.length);
  expect(requests.unanswered).toEqual(['POST', 'PUT', 'GET']);
});
