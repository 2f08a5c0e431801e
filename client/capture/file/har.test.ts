import { describe, expect, it } from 'vitest';
import {
  arrived,
  bytes,
  exchange,
  LISTENING,
  OPENED,
  record,
  RUN,
} from '../../../tests/support/recording.ts';
import type { Run, WireMessage } from '../run.ts';
import { harOf, type Har, type HarEntry } from './har.ts';

/** What HAR 1.2 requires of each object (softwareishard.com/blog/har-12-spec), by path. */
const REQUIRED: Record<string, string[]> = {
  log: ['version', 'creator', 'entries'],
  'log.creator': ['name', 'version'],
  'log.entries[]': ['startedDateTime', 'time', 'request', 'response', 'cache', 'timings'],
  'log.entries[].request': [
    ...['method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'headersSize', 'bodySize'],
  ],
  'log.entries[].response': [
    ...['status', 'statusText', 'httpVersion', 'cookies', 'headers', 'content', 'redirectURL'],
    ...['headersSize', 'bodySize'],
  ],
  'log.entries[].response.content': ['size', 'mimeType'],
  'log.entries[].timings': ['send', 'wait', 'receive'],
};

function missingIn(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap((item) => missingIn(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  const own = (REQUIRED[path] ?? []).filter((name) => !(name in value)).map((name) => `${path}.${name}`);
  return [...own, ...Object.entries(value).flatMap(([name, item]) => missingIn(item, `${path}.${name}`))];
}

/** As a reader gets it: through JSON. */
function read(run: Run, bytesOf: (message: WireMessage) => Uint8Array): Har {
  const har = JSON.parse(JSON.stringify(harOf(run, bytesOf))) as Har;
  expect(missingIn(har.log, 'log')).toEqual([]);
  for (const { startedDateTime, time, timings } of har.log.entries) {
    expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime);
    expect(timings.send + timings.wait + timings.receive).toBeCloseTo(time, 3);
  }
  return har;
}

describe('HAR', () => {
  it('has one entry for each request, with times, heads and body', () => {
    const recording = exchange();
    const [entry, ...others] = read(recording.run(), recording.capture.bytesOf).log.entries;
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      startedDateTime: '2023-11-14T22:13:20.020Z',
      time: 22,
      timings: { send: 10, wait: 2, receive: 10 },
      request: {
        method: 'GET',
        url: 'http://localhost:8080/messages?after=0',
        httpVersion: 'HTTP/1.1',
        queryString: [{ name: 'after', value: '0' }],
        headers: [{ name: 'Host' }, { name: 'Sec-Fetch-Dest', value: 'empty' }],
      },
      response: { status: 200, statusText: 'OK', content: { size: 2, text: '[]' }, bodySize: 2 },
    });
  });

  it('has a streamed body without its chunks, and says how many bytes it took', () => {
    const recording = record();
    const head =
      'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n' +
      'Set-Cookie: a=1; Path=/\r\n\r\n';
    const chunks = '9\r\ndata: a\n\n\r\n9\r\ndata: b\n\n\r\n0\r\n\r\n';
    recording.tell(RUN, LISTENING, OPENED);
    recording.tell(bytes('up', 20, 0, 'GET / HTTP/1.1\r\nHost: x:1\r\nCookie: b=2; c=3\r\n\r\n'));
    recording.tell(bytes('down', 21, 0, head + chunks));
    const { request, response } = read(recording.run(), recording.capture.bytesOf).log.entries[0]!;
    expect(response.content).toEqual({
      size: 18,
      mimeType: 'text/event-stream',
      text: 'data: a\n\ndata: b\n\n',
    });
    expect(response.bodySize).toBe(chunks.length);
    expect(response.cookies).toEqual([{ name: 'a', value: '1' }]);
    expect(request.cookies).toEqual([
      { name: 'b', value: '2' },
      { name: 'c', value: '3' },
    ]);
  });

  it('has the messages of a WebSocket in the form that Chrome gives them', () => {
    const recording = record();
    const handshake =
      'GET /chat HTTP/1.1\r\nHost: localhost:8080\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    const switching =
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
    recording.tell(RUN, LISTENING, OPENED);
    recording.tell(bytes('up', 20, 0, handshake), bytes('down', 21, 0, switching));
    recording.tell(bytes('down', 30, switching.length, '\x81\x02hi\x82\x02\x00\xff\x89\x00'));
    const [entry] = read(recording.run(), recording.capture.bytesOf).log.entries;
    expect(entry!.request.url).toBe('ws://localhost:8080/chat');
    expect(entry!._webSocketMessages).toEqual([
      { type: 'receive', time: 1_700_000_000.03, opcode: 1, data: 'hi' },
      { type: 'receive', time: 1_700_000_000.03, opcode: 2, data: 'AP8=' },
    ]);
  });

  it('has status 0 where no answer came, and bytes that are no text in base64', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED);
    recording.tell(bytes('up', 20, 0, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi'));
    recording.tell(bytes('down', 21, 0, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\x00'));
    recording.tell(bytes('up', 30, 49, 'GET /%zz HTTP/1.1\r\n\r\n'), arrived('up', 31, 70));
    const [first, second] = read(recording.run(), recording.capture.bytesOf).log.entries;
    expect(first!.request.postData).toMatchObject({ text: 'hi' });
    expect(first!.response.content).toMatchObject({ text: '/wA=', encoding: 'base64' });
    expect(second!.response).toMatchObject({ status: 0, content: { size: 0 } });
  });

  it('says of a request’s body that is no text what its text is', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED);
    recording.tell(bytes('up', 20, 0, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n\xff\x00'));
    const [{ request }] = read(recording.run(), recording.capture.bytesOf).log.entries as [HarEntry];
    expect(request.postData).toMatchObject({ text: '/wA=', comment: expect.stringContaining('base64') });
  });
});
