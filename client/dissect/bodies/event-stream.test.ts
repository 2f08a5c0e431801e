import { describe, expect, it } from 'vitest';
import { Dissection, utf8 } from '../../../tests/support/dissection.ts';
import { head } from '../../../tests/support/websocket-bytes.ts';
import type { SseEventContent } from '../records.ts';

const HEAD = head(
  'HTTP/1.1 200 OK',
  'Content-Type: text/event-stream; charset=utf-8',
  'Transfer-Encoding: chunked',
);
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

/** The events of a stream whose chunks these are. */
function stream(...chunks: string[]) {
  const dissection = new Dissection().feed(['down', HEAD + chunks.map(chunk).join('')]);
  return { dissection, events: dissection.contents('down') as SseEventContent[] };
}
const shown = (dissection: Dissection, chunk: number) =>
  dissection
    .fields('down', dissection.records('down')[chunk]!)
    .map(({ role, name, note }) => `${role} ${name} ${note.replace('inspect:', '')}`);

describe('an event', () => {
  it('has data, a type, an id and a time to wait', () => {
    const { events } = stream('id: 7\nevent: tick\nretry: 500\ndata: 12:04\n\n');
    expect(events).toEqual([
      {
        kind: 'sse-event',
        ranges: [{ start: HEAD.length + 4, end: HEAD.length + 4 + 42 }],
        complete: true,
        dispatched: true,
        event: 'tick',
        data: '12:04',
        lastEventId: '7',
        retry: 500,
      },
    ]);
  });

  it.each([
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ])('may have its lines end with %s', (_, end) => {
    const { events } = stream(['data: a', 'data: b', '', 'data: c', '', ''].join(end));
    expect(events.map(({ data, dispatched }) => [data, dispatched])).toEqual([
      ['a\nb', true],
      ['c', true],
    ]);
  });

  it('whose CRLF lies in two chunks is one event', () => {
    const { events } = stream('data: a\r', '\n\r', '\ndata: b\r\n\r\n');
    expect(events).toMatchObject([
      { data: 'a', dispatched: true, ranges: [{}, {}, {}] },
      { data: 'b', dispatched: true },
    ]);
    expect(events[0]!.ranges[2]!.end - events[0]!.ranges[2]!.start).toBe(1);
  });

  it('without data is not dispatched, but its id and its time count', () => {
    const { events } = stream('id: 3\nretry: 10\n\n', ': ping\n\n', 'data\n\n');
    expect(events).toMatchObject([
      { complete: true, dispatched: false, lastEventId: '3', retry: 10 },
      { complete: true, dispatched: false, data: '' },
      { complete: true, dispatched: true, data: '', lastEventId: '3' },
    ]);
  });

  it('goes over chunks: a chunk is no event', () => {
    const { dissection, events } = stream('data: a', 'b\n', '\ndata: c\n\ndata: d\n\n');
    expect(events).toMatchObject([
      { data: 'ab', ranges: [{}, {}, {}] },
      { data: 'c', ranges: [{}] },
      { data: 'd', ranges: [{}] },
    ]);
    expect(dissection.records('down').slice(1)).toMatchObject([
      { contextFrom: HEAD.length },
      { contextFrom: HEAD.length },
      { contextFrom: HEAD.length },
    ]);
    expect(shown(dissection, 2)).toEqual([
      'length 2\\r\\n field.chunkSize',
      'data b sse.dataValue',
      'edge \\n field.lineEnd',
      'edge \\r\\n field.chunkEnd',
    ]);
  });

  it('that is not terminated is not complete, and never dispatched', () => {
    const { dissection, events } = stream('data: a\n\ndata: b\n');
    expect(events.at(-1)).toMatchObject({ data: 'b', complete: false, dispatched: false });
    dissection.feed(['end', 'down']);
    expect(dissection.contents('down').at(-1)).toMatchObject({ complete: false, dispatched: false });
  });

  it('takes one space behind the colon, and no other', () => {
    expect(stream('data:  a \n\n').events[0]!.data).toBe(' a ');
    expect(stream('data:a\n\n').events[0]!.data).toBe('a');
    expect(stream('data :a\ndata: b\n\n').events[0]!.data).toBe('b');
  });

  it('does not take an id with NULL in it, nor a time that is not digits', () => {
    const { events } = stream('id: 1\ndata: a\n\n', 'id: 2\0\nretry: 1e3\ndata: b\n\n', 'id\ndata: c\n\n');
    expect(events).toMatchObject([
      { lastEventId: '1' },
      { lastEventId: '1', retry: null },
      { lastEventId: '' },
    ]);
  });

  it('has the type message when the last event field is empty', () => {
    const { events } = stream('event: tick\nevent:\ndata: a\n\n', 'data: b\n\n');
    expect(events.map(({ event }) => event)).toEqual(['message', 'message']);
  });

  it('goes on from the id that the request gave', () => {
    const dissection = new Dissection().feed(
      ['up', head('GET /events HTTP/1.1', 'Host: a', 'Last-Event-ID: 41')],
      ['down', HEAD + chunk('data: a\n\n')],
    );
    expect(dissection.contents('down')).toMatchObject([{ lastEventId: '41' }]);
  });
});

describe('a byte order mark', () => {
  const mark = '\xef\xbb\xbf';

  it('is passed over at the beginning, and there only', () => {
    const { events } = stream(`${mark}data: a\n\n`, `${mark}data: b\n\n`);
    expect(events.map(({ data, dispatched }) => [data, dispatched])).toEqual([
      ['a', true],
      ['', false],
    ]);
  });

  it('may lie in two chunks, and what only looks like one does not count', () => {
    expect(stream('\xef', '\xbb\xbfdata: a\n\n').events).toMatchObject([{ data: 'a' }]);
    const { events } = stream('\xef\xbb', 'data: a\n\n');
    expect(events).toMatchObject([{ dispatched: false, ranges: [{}, {}] }]);
  });
});

describe('the bytes of a chunk', () => {
  it('are lines, names and values', () => {
    const { dissection } = stream(': hi\nid: 1\ndata: {"a":1}\nx: y\n\n\n');
    expect(shown(dissection, 1)).toEqual([
      'length 20\\r\\n field.chunkSize',
      'meta : hi sse.comment',
      'edge \\n field.lineEnd',
      'kind id:  sse.id',
      'meta 1 sse.idValue',
      'edge \\n field.lineEnd',
      'kind data:  sse.data',
      'data {"a":1} sse.dataValue',
      'edge \\n field.lineEnd',
      'kind x:  sse.unknown',
      'meta y sse.unknownValue',
      'edge \\n field.lineEnd',
      'edge \\n sse.dispatched',
      'edge \\n sse.notDispatched',
      'edge \\r\\n field.chunkEnd',
    ]);
    expect(dissection.records('down')[1]!.data).toBe(7);
  });

  it('are text of any language', () => {
    expect(stream(utf8('data: 你好\n\n')).events[0]!.data).toBe('你好');
    const text = utf8('data: 你好\n\n');
    expect(stream(text.slice(0, 7), text.slice(7)).events[0]!.data).toBe('你好');
  });
});

describe('bytes that were not recorded', () => {
  it('end the event they are in; reading goes on behind the next blank line', () => {
    const dissection = new Dissection().feed(
      ['down', `${HEAD}40\r\nid: 1\ndata: a\n\ndata: b`],
      ['gap', 'down', 10],
      ['down', 'c\ndata: d\n\ndata: e\n\n'],
    );
    expect(dissection.contents('down')).toMatchObject([
      { data: 'a', complete: true },
      { complete: false, dispatched: false },
      { data: 'e', complete: true, lastEventId: '1' },
    ]);
  });
});
