import { describe, expect, it } from 'vitest';
import { Dissection, utf8, type RecordWithFields, type Step } from '../../tests/support/dissection.ts';
import type { HttpMessageRecord } from './records.ts';

function dissect(...steps: Step[]) {
  const dissection = new Dissection().feed(...steps);
  return { up: dissection.withFields('up'), down: dissection.withFields('down') };
}

const message = (record: RecordWithFields | undefined) => record as HttpMessageRecord;
const reasons = (record: RecordWithFields | undefined) => record!.malformed.map(({ reason }) => reason);
/** `role name` of every field. */
const shown = (record: RecordWithFields | undefined) =>
  record!.fields.map(({ role, name }) => `${role} ${name}`);
const notes = (record: RecordWithFields | undefined) =>
  record!.fields.map(({ note }) => note.replace('inspect:', ''));

const GET =
  'GET /messages?after=2 HTTP/1.1\r\nHost: localhost:8080\r\nConnection: keep-alive\r\nAccept: */*\r\n\r\n';
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"id":3,"a"}';

describe('a request', () => {
  it('is divided into method, target, version, header lines and line ends', () => {
    const [record] = dissect(['up', GET]).up;
    expect(record).toMatchObject({
      protocol: 'http1',
      kind: 'request',
      start: 0,
      end: GET.length,
      complete: true,
      startLine: { method: 'GET', target: '/messages?after=2', version: 'HTTP/1.1' },
      body: { framing: 'none' },
      bodyStart: GET.length,
      malformed: [],
    });
    expect(message(record).headers).toEqual([
      { name: 'Host', value: 'localhost:8080' },
      { name: 'Connection', value: 'keep-alive' },
      { name: 'Accept', value: '*/*' },
    ]);
    expect(shown(record)).toEqual([
      'kind GET',
      'meta /messages?after=2',
      'kind HTTP/1.1',
      'edge \\r\\n',
      'meta Host: localhost:8080',
      'edge \\r\\n',
      'meta Connection: keep-alive',
      'edge \\r\\n',
      'meta Accept: */*',
      'edge \\r\\n',
      'edge \\r\\n',
    ]);
    expect(notes(record)).toEqual([
      'method.GET',
      'field.targetQuery',
      'field.version',
      'field.lineEnd',
      'header.host',
      'field.lineEnd',
      'value.connection.keepAlive',
      'field.lineEnd',
      'value.accept.any',
      'field.lineEnd',
      'field.headEndNoBody',
    ]);
  });

  it('has its body by Content-Length, and the next request follows it', () => {
    const post = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello';
    const { up } = dissect(['up', post + GET + GET]);
    expect(up.map(({ start, complete }) => [start, complete])).toEqual([
      [0, true],
      [post.length, true],
      [post.length + GET.length, true],
    ]);
    expect(shown(up[0]).slice(-4)).toEqual([
      'length Content-Length: 5',
      'edge \\r\\n',
      'edge \\r\\n',
      'data hello',
    ]);
    expect(up[0]!.fields.find(({ role }) => role === 'length')).toMatchObject({
      note: 'inspect:value.content-length.count',
      params: { count: 5 },
    });
  });

  it('has metadata in headers of any name', () => {
    const [record] = dissect([
      'up',
      'GET / HTTP/1.1\r\nHost: a\r\nconstructor: x\r\n__proto__: y\r\n\r\n',
    ]).up;
    expect(shown(record)).toContain('meta constructor: x');
    expect(shown(record)).toContain('meta __proto__: y');
  });

  it('keeps empty lines before it as its beginning', () => {
    const [record] = dissect(['up', '\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n']).up;
    expect(shown(record).slice(0, 2)).toEqual(['edge \\r\\n\\r\\n', 'kind GET']);
    expect(record!.fields[0]).toMatchObject({ start: 0, end: 4 });
    expect(record!.malformed).toEqual([]);
  });

  it('is bytes without a meaning until its first line is there', () => {
    const dissection = new Dissection().feed(['up', 'GET / HT']);
    expect(dissection.records('up')).toMatchObject([
      { protocol: 'opaque', because: 'undecided', end: 8, complete: false },
    ]);
    dissection.feed(['up', 'TP/1.1\r\n']);
    expect(dissection.records('up')).toMatchObject([{ protocol: 'http1', end: 16, complete: false }]);
  });
});

describe('a response', () => {
  it('has its body by Content-Length', () => {
    const [record] = dissect(['up', GET], ['down', ANSWER]).down;
    expect(record).toMatchObject({
      kind: 'response',
      complete: true,
      startLine: { status: 200, reason: 'OK', version: 'HTTP/1.1' },
      body: { framing: 'content-length', length: 12 },
      bodyStart: ANSWER.indexOf('{'),
    });
    expect(shown(record).slice(0, 4)).toEqual(['kind HTTP/1.1', 'kind 200', 'meta OK', 'edge \\r\\n']);
    expect(record!.fields.at(-1)).toMatchObject({
      role: 'data',
      name: '{"id":3,"a"}',
      note: 'inspect:field.bodyJson',
    });
  });

  it('to HEAD has no body, whatever its Content-Length', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n';
    const { down } = dissect(['up', 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n' + GET], ['down', head + ANSWER]);
    expect(down.map(({ start, end }) => end - start)).toEqual([head.length, ANSWER.length]);
  });

  it.each([
    ['204', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n'],
    ['304', 'HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ])('with status %s has no body', (_, head) => {
    const { down } = dissect(['up', GET + GET], ['down', head + ANSWER]);
    expect(down.map(({ end, start, complete }) => [end - start, complete])).toEqual([
      [head.length, true],
      [ANSWER.length, true],
    ]);
  });

  it('that is interim leaves the request to the next one', () => {
    const { down } = dissect(
      ['up', 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n'],
      ['down', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'],
    );
    expect(down.map((record) => [record.complete, message(record).body.framing])).toEqual([
      [true, 'none'],
      [true, 'none'],
    ]);
  });

  it('in chunks names size, extension, data, last chunk and trailer', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const { down } = dissect(
      ['up', GET],
      ['down', head + '5;a=1\r\nhello\r\nA\r\n0123456789\r\n0\r\nExpires: 0\r\n\r\n'],
    );
    expect(down[0]).toMatchObject({ complete: true, body: { framing: 'chunked' }, bodyStart: head.length });
    expect(down[0]!.end).toBe(head.length);
    expect(down.slice(1)).toMatchObject([
      { kind: 'chunk', complete: true, message: 0, size: 5, extensions: 'a=1', last: false, data: 5 },
      { kind: 'chunk', complete: true, message: 0, size: 10, extensions: '', last: false, data: 10 },
      { kind: 'chunk', complete: true, message: 0, size: 0, last: true, data: 0 },
    ]);
    expect(down.slice(1).flatMap(shown)).toEqual([
      'length 5',
      'meta ;a=1\\r\\n',
      'data hello',
      'edge \\r\\n',
      'length A\\r\\n',
      'data 0123456789',
      'edge \\r\\n',
      'edge 0\\r\\n',
      'meta Expires: 0',
      'edge \\r\\n',
      'edge \\r\\n',
    ]);
    expect(down[2]!.fields[0]).toMatchObject({ params: { hex: 'A', count: 10 } });
    expect(message(down[0]).headers).toHaveLength(1);
  });

  it('without a length ends with its connection', () => {
    const head = 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n';
    const before = dissect(['up', GET], ['down', head + 'abc']);
    expect(before.down).toMatchObject([
      { complete: true, end: head.length, body: { framing: 'until-close' } },
      { kind: 'body', complete: false, message: 0, start: head.length, end: head.length + 3 },
    ]);
    const after = dissect(['up', GET], ['down', head + 'abc'], ['down', 'def'], ['end', 'down']);
    expect(after.down[1]).toMatchObject({ complete: true, malformed: [], data: 6 });
    expect(after.down[1]!.fields).toMatchObject([{ name: 'abcdef', note: 'inspect:field.bodyText' }]);
  });

  it('that ends too early says where', () => {
    const { down } = dissect(['up', GET], ['down', ANSWER.slice(0, -4)], ['end', 'down']);
    expect(down[0]).toMatchObject({
      complete: false,
      malformed: [{ offset: ANSWER.length - 4, reason: 'truncated' }],
    });
  });

  it('names its body by text of any language, and other bytes by hex', () => {
    const body = utf8('你好，世界');
    const text = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    expect(shown(dissect(['down', text]).down[0]).at(-1)).toBe('data 你好，世界');
    const png = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\x89PNG\r\n\x1a\n\x00';
    expect(shown(dissect(['down', png]).down[0]).at(-1)).toBe('data 89 50 4e 47 0d 0a 1a 0a …');
    const long = `HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n${'x'.repeat(999)}`;
    expect(shown(dissect(['down', long]).down[0]).at(-1)).toBe(`data ${'x'.repeat(40)}…`);
  });
});

describe('a switch of protocols', () => {
  const UPGRADE =
    'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n\r\n';
  const GRANTED = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

  it('to WebSocket makes both directions frames', () => {
    const { up, down } = dissect(
      ['up', UPGRADE],
      ['down', GRANTED + '\x81\x02hi'],
      ['up', '\x81\x82\x01\x02\x03\x04ik'],
    );
    expect(down[1]).toMatchObject({
      kind: 'frame',
      fin: true,
      opcode: 1,
      maskingKey: null,
      payloadLength: 2,
    });
    expect(shown(down[1])).toEqual(['kind 81', 'length 02', 'data hi']);
    expect(up[1]).toMatchObject({ kind: 'frame', complete: true, maskingKey: 0x01020304, headerLength: 6 });
    expect(shown(up[1])).toEqual(['kind 81', 'length 82', 'key 01 02 03 04', 'data hi']);
  });

  it('that nobody asked for leaves the empty lines before it to themselves', () => {
    const { up } = dissect(['up', `${GET}\r\n`], ['down', GRANTED], ['up', '\x81\x80\x01\x02\x03\x04']);
    expect(up).toMatchObject([
      { kind: 'request' },
      { kind: 'bytes', because: 'not-http', start: GET.length, end: GET.length + 2 },
      { kind: 'frame', start: GET.length + 2, complete: true },
    ]);
  });

  it('to anything else makes both directions bytes of another protocol', () => {
    const { up, down } = dissect(
      ['up', UPGRADE],
      ['down', GRANTED.replace('websocket', 'chat/2') + '\x81\x02hi'],
      ['up', '\x81\x80\x01\x02\x03\x04'],
    );
    expect(up[0]!.fields.filter(({ role }) => role === 'key')).toMatchObject([
      { note: 'inspect:header.sec-websocket-key' },
    ]);
    expect(down).toMatchObject([
      { protocol: 'http1', complete: true },
      { protocol: 'opaque', complete: false, start: GRANTED.length - 3, end: GRANTED.length + 1 },
    ]);
    expect(up[1]).toMatchObject({ protocol: 'opaque', start: UPGRADE.length, end: UPGRADE.length + 6 });
    expect(up[1]!.fields).toMatchObject([
      { role: 'data', note: 'inspect:field.otherProtocol', params: { protocol: 'chat/2' } },
    ]);
  });

  it('that is refused leaves HTTP', () => {
    const { up } = dissect(
      ['up', UPGRADE + GET],
      ['down', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'],
    );
    expect(up).toMatchObject([{ kind: 'request' }, { kind: 'request', start: UPGRADE.length }]);
  });

  it('that is not answered yet holds back what follows', () => {
    const { up } = dissect(['up', UPGRADE + GET]);
    expect(up).toHaveLength(1);
    expect(dissect(['up', UPGRADE + GET], ['end', 'up']).up[1]).toMatchObject({
      protocol: 'opaque',
      complete: true,
    });
  });

  it('by CONNECT makes a tunnel', () => {
    const { down } = dissect(
      ['up', 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n'],
      ['down', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\x16\x03'],
    );
    expect(down[1]).toMatchObject({ protocol: 'opaque', fields: [{ note: 'inspect:field.tunnel' }] });
  });
});

describe('bytes that were not recorded', () => {
  const big = 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n';

  it('within a body are counted', () => {
    const { down } = dissect(['down', big + 'abc'], ['gap', 'down', 900], ['down', 'x'.repeat(97) + ANSWER]);
    expect(down).toMatchObject([
      { complete: true, end: big.length + 1000, malformed: [] },
      { complete: true, startLine: { status: 200 } },
    ]);
    expect(down[0]!.fields.at(-1)!.name).toBe('abc…');
  });

  it('beyond the end of a body are a record, and reading goes on at the next message', () => {
    const { down } = dissect(['down', big], ['gap', 'down', 1300], ['down', 'rest\r\n' + ANSWER]);
    expect(down).toMatchObject([
      { complete: true, end: big.length + 1000 },
      { protocol: 'opaque', complete: true, end: big.length + 1306 },
      { protocol: 'http1', complete: true, start: big.length + 1306 },
    ]);
  });

  it('within a head end its record', () => {
    const { up } = dissect(
      ['up', 'GET / HTTP/1.1\r\nHost: a\r\nAcc'],
      ['gap', 'up', 10],
      ['up', '\r\n\r\n' + GET],
    );
    expect(up).toMatchObject([
      { complete: false, end: 28, malformed: [{ offset: 28, reason: 'notRecorded' }] },
      { protocol: 'opaque', start: 28, end: 42 },
      { protocol: 'http1', start: 42, complete: true },
    ]);
  });
});

describe('malformed bytes', () => {
  const request = (lines: string) =>
    dissect(['up', `GET / HTTP/1.1\r\nHost: a\r\n${lines}\r\n\r\n${GET}`]).up;

  it.each([
    ['a header line without a colon', 'nonsense', 'noColon', 25],
    ['a space before the colon', 'Accept : a', 'spaceBeforeColon', 31],
    ['a name that is no token', 'Acc(ept: a', 'fieldName', 25],
    ['a control character in a value', 'Accept: a\0b', 'fieldValue', 34],
    ['a carriage return alone', 'Accept: a\rb', 'bareCr', 34],
    ['a line feed alone', 'Accept: a\nA: b', 'bareLf', 34],
    ['a folded line', 'Accept: a\r\n b', 'obsFold', 36],
  ])('such as %s are noted at their place, and the next request is read', (_, lines, reason, offset) => {
    const up = request(lines);
    expect(up[0]!.malformed).toEqual([{ offset, reason }]);
    expect(up[1]).toMatchObject({ complete: true, malformed: [] });
  });

  it('in a folded line belong to the value before it', () => {
    expect(message(request('Accept: a\r\n\t b')[0]).headers.at(-1)).toEqual({ name: 'Accept', value: 'a b' });
  });

  it.each([
    ['GET  / HTTP/1.1', 'requestLine'],
    ['GET /a b HTTP/1.1', 'requestLine'],
    ['GET HTTP/1.1', 'requestLine'],
    ['GET /', 'requestLine'],
    ['GET / http/1.1', 'version'],
    ['GET / HTTP/2.0', 'version'],
  ])('such as the request line "%s" are noted', (line, reason) => {
    const { up } = dissect(['up', `${line}\r\nHost: a\r\n\r\n${GET}`]);
    expect(reasons(up[0])).toEqual([reason]);
    expect(up[1]).toMatchObject({ complete: true });
  });

  it.each([
    ['HTTP/1.1 200', 'statusLine'],
    ['HTTP/1.1 2000 OK', 'statusLine'],
    ['http/1.1 200 OK', 'version'],
  ])('such as the status line "%s" are noted', (line, reason) => {
    const { down } = dissect(['down', `${line}\r\nContent-Length: 0\r\n\r\n${ANSWER}`]);
    expect(reasons(down[0])).toEqual([reason]);
    expect(down[1]).toMatchObject({ complete: true });
  });

  it.each([
    ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', 'contentLength'],
    ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 'severalLengths'],
    ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n', 'transferEncoding'],
    [
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n',
      'lengthAndChunked',
    ],
    ['GET / HTTP/1.1\r\n\r\n', 'noHost'],
    ['GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n', 'severalHosts'],
  ])('in the framing of %j are noted', (text, reason) => {
    const { up } = dissect(['up', text + GET]);
    expect(reasons(up[0])).toEqual([reason]);
    expect(up[1]).toMatchObject({ complete: true });
  });

  it('in a chunk size leave the rest undivided', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const { down } = dissect(
      ['down', head + '2\r\nab\r\nxyz\r\nmore'],
      ['down', ' and more'],
      ['end', 'down'],
    );
    expect(down).toHaveLength(3);
    expect(down[2]).toMatchObject({ kind: 'body', complete: true, message: 0, start: head.length + 7 });
    expect(down[2]).toMatchObject({ malformed: [{ offset: 0, reason: 'chunkSize' }] });
    expect(down[2]!.fields).toMatchObject([
      { name: 'xyz\\r\\nmore and more', note: 'inspect:field.unframed' },
    ]);
  });

  it('after a chunk leave the rest undivided', () => {
    const { down } = dissect(['down', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n']);
    expect(down).toMatchObject([
      { kind: 'response', complete: true },
      { kind: 'chunk', complete: false, malformed: [{ offset: 5, reason: 'chunkEnd' }] },
      { kind: 'body', complete: false, malformed: [] },
    ]);
  });

  it('that are not HTTP at all are bytes without a meaning', () => {
    expect(dissect(['up', '\x16\x03\x01\x02\x00']).up).toMatchObject([
      { protocol: 'opaque', end: 5, fields: [{ note: 'inspect:field.notHttp' }] },
    ]);
    expect(dissect(['down', 'hello\r\nworld']).down).toMatchObject([{ protocol: 'opaque', end: 12 }]);
  });

  it('such as a line without end are given up on', () => {
    const { up } = dissect(['up', `GET / HTTP/1.1\r\nA: ${'x'.repeat(70_000)}`], ['up', '\r\n\r\n']);
    expect(reasons(up[0])).toEqual(['lineTooLong']);
    expect(up).toMatchObject([
      { complete: false, end: 16 },
      { kind: 'body', start: 16, end: 16 + 3 + 70_000 + 4 },
    ]);
  });
});
