import { describe, expect, it } from 'vitest';
import { messageList } from '../capture/index.ts';
import type { Run, WireMessage } from '../capture/run.ts';
import { Dissection } from '../../tests/support/dissection.ts';
import type { HttpMessageRecord } from '../dissect/records.ts';
import { ACCEPT, KEY, switching, upgrade } from '../../tests/support/websocket-bytes.ts';
import { fieldItems } from './field-items.ts';
import { handshakeOf } from './handshake.ts';
import { headLines, isRequestLine } from './lines.ts';
import { hexCopy, textCopy, unrecordedRanges } from './recorded.ts';
import { messageNumber, subjectOf } from './subject.ts';

const GET = 'GET /a HTTP/1.1\r\nHost: a\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

function recordsOf(direction: 'up' | 'down', text: string, end = false) {
  const dissection = new Dissection().feed([direction, text]);
  return (end ? dissection.feed(['end', direction]) : dissection).withFields(direction);
}

function headOf(text: string) {
  const [record] = recordsOf('up', text, true);
  return { record: record as HttpMessageRecord, fields: record!.fields };
}

function messageOf(
  id: string,
  direction: 'up' | 'down',
  text: string,
  more: Partial<WireMessage> = {},
): WireMessage {
  const record = recordsOf(direction, text)[0]!;
  const segments = [{ start: 0, end: text.length, entered: 0, arrived: 1, recorded: true }];
  return { id, direction, record, segments, peer: null, ...more } as WireMessage;
}

describe('lines of a head', () => {
  it('are its lines, each with its fields', () => {
    const { record, fields } = headOf(GET);
    const lines = headLines(record, fields);
    expect(lines.map((line) => [line.from, line.to, line.fields.length])).toEqual([
      [0, 17, 4],
      [17, 26, 2],
      [26, 28, 1],
    ]);
    expect(lines.map((line) => isRequestLine(fields, line))).toEqual([true, false, false]);
  });

  it('end where the body begins', () => {
    const { record, fields } = headOf('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi');
    expect(headLines(record, fields).at(-1)!.to).toBe(47);
  });

  it('mean the status where there is one', () => {
    const [record] = recordsOf('down', OK);
    const lines = headLines(record as HttpMessageRecord, record!.fields);
    expect(record!.fields[lines[0]!.main]!.note).toBe('inspect:status.200');
  });

  it('carry what is malformed in them, also behind the last byte', () => {
    const { record, fields } = headOf('GET / HTTP/1.1\r\nHost : a\r\nAcc');
    const lines = headLines(record, fields);
    expect(lines.map(({ malformed }) => malformed.map(({ reason }) => reason))).toEqual([
      [],
      ['spaceBeforeColon'],
      ['truncated'],
    ]);
  });
});

describe('the list of fields', () => {
  it('has the fields of a range, and notes after the field they are in', () => {
    const { record, fields } = headOf('GET / HTTP/1.1\r\nHost : a\r\n\r\n');
    const items = fieldItems(fields, record.malformed, { from: 16, to: 28 });
    expect(items.map(({ type, index }) => `${type} ${index}`)).toEqual([
      'field 4',
      'note 4',
      'field 5',
      'field 6',
    ]);
    expect(fieldItems(fields, record.malformed, { from: 28, to: 28 })).toEqual([]);
  });
});

describe('unrecorded bytes', () => {
  const bytes = new TextEncoder().encode('abcdefghij');
  const message = {
    record: { start: 100, end: 110 },
    segments: [
      { start: 90, end: 102, recorded: false },
      { start: 102, end: 105, recorded: true },
      { start: 105, end: 107, recorded: false },
      { start: 107, end: 108, recorded: false },
      { start: 108, end: 120, recorded: true },
    ],
  } as WireMessage;

  it('are ranges of the message', () => {
    expect(unrecordedRanges(message)).toEqual([
      { from: 0, to: 2 },
      { from: 5, to: 8 },
    ]);
  });

  it('are copied as what they are', () => {
    const ranges = unrecordedRanges(message);
    expect(hexCopy(bytes, ranges)).toBe('-- -- 63 64 65 -- -- -- 69 6a');
    expect(textCopy(bytes, ranges, (length) => `${length} missing`)).toBe('[2 missing]cde[3 missing]ij');
  });
});

describe('the handshake', () => {
  const asked = (more: Partial<WireMessage> = {}) => messageOf('q', 'up', upgrade(), more);
  const handshake = (response: string) => {
    const request = asked({ peer: 'r' });
    const answer = messageOf('r', 'down', response, { peer: 'q' });
    const run = { messages: messageList([request, answer]) } as Run;
    return [handshakeOf(run, request), handshakeOf(run, answer)];
  };

  it('is seen from its request and from its response', () => {
    const granted = { key: KEY, accept: ACCEPT, answer: 'granted' };
    expect(handshake(switching())).toEqual([
      { ...granted, shownAt: 'sec-websocket-key' },
      { ...granted, shownAt: 'sec-websocket-accept' },
    ]);
  });

  it('waits for its answer', () => {
    const run = { messages: messageList([asked()]) } as Run;
    expect(handshakeOf(run, asked())).toMatchObject({ answer: 'awaited', accept: null });
  });

  it('ends with an answer that does not switch, which has nothing to prove', () => {
    const [request, response] = handshake(OK);
    expect(request).toMatchObject({ answer: 'refused', accept: null });
    expect(response).toBeNull();
  });

  it('is none for a request without a key', () => {
    expect(handshakeOf(null, messageOf('q', 'up', GET))).toBeNull();
  });
});

describe('the title', () => {
  const messages = [
    messageOf('q1', 'up', GET),
    messageOf('q2', 'up', GET.replace('/a', '/b')),
    messageOf('r2', 'down', OK, { peer: 'q2' }),
    messageOf('x', 'down', '\x16\x03'),
  ];
  const run = { messages: messageList(messages) } as Run;

  it('numbers a response by its request', () => {
    expect(subjectOf(run, { message: 'r2' })).toMatchObject({
      kind: 'response',
      ordinal: 2,
      what: '200 OK',
      bodySize: 2,
      size: OK.length,
      place: 2,
    });
    expect(subjectOf(run, { message: 'q2' })).toMatchObject({
      kind: 'request',
      ordinal: 2,
      what: 'GET /b',
      bodySize: 0,
    });
  });

  it('has no words for bytes that no protocol claims', () => {
    expect(subjectOf(run, { message: 'x' })).toMatchObject({
      kind: 'bytes',
      ordinal: 1,
      what: '',
      bodySize: null,
    });
  });

  it('is none for a message that is not on the wire', () => {
    expect(subjectOf(run, { message: 'gone' })).toBeNull();
    expect(subjectOf(null, { message: 'q1' })).toBeNull();
  });

  it('knows the number of a delivery that is named like a message', () => {
    expect(messageNumber('message 12')).toBe(12);
    expect(messageNumber('tick 3')).toBeNull();
  });
});
