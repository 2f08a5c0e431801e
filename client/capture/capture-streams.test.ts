/** Events of streams and calls of scripts, joined with what the page was handed. */
import { describe, expect, it } from 'vitest';
import { bytes, LISTENING, OPENED, record, RUN } from '../../tests/support/recording.ts';
import type { NetworkEvent } from '../stage/protocol.ts';

const at = (line: number) => ({ file: 'client.js', line, column: 1 });

const STREAM = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
const EVENTS = 'GET /events HTTP/1.1\r\nHost: localhost:8080\r\nAccept: text/event-stream\r\n\r\n';
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

function sourceEvent(name: 'EventSource' | 'open' | 'message' | 'error', t: number, more = {}) {
  const event = { type: 'network', t, call: 1, api: 'EventSource', name, method: 'GET', at: at(t), ...more };
  return { ...event, url: 'http://localhost:8080/events' } as NetworkEvent;
}

/** One answer that streams events, on a connection of its own. */
function stream(recording: ReturnType<typeof record>, connection: number, t: number, ...chunks: string[]) {
  recording.tell({ ...OPENED, t, connection });
  recording.tell(bytes('up', t + 1, 0, EVENTS, connection));
  let offset = 0;
  for (const [n, part] of [STREAM, ...chunks.map(chunk)].entries()) {
    recording.tell(bytes('down', t + 2 + n, offset, part, connection));
    offset += part.length;
  }
}

describe('an EventSource', () => {
  it('joins the n-th event of a type with the chunks that carry it', () => {
    const recording = record();
    recording.tell(RUN, LISTENING);
    stream(recording, 1, 20, 'data: a\n\n', ': keep\n\n', 'event: tick\ndata: b', '\n\ndata: cc\n\n');
    recording.capture.page(1, [
      sourceEvent('EventSource', 19),
      sourceEvent('open', 30, { opened: 1 }),
      sourceEvent('message', 31, { opened: 1, event: 'message', n: 1, length: 1, lastEventId: '' }),
      sourceEvent('message', 32, { opened: 1, event: 'tick', n: 1, length: 1, lastEventId: '' }),
      sourceEvent('message', 33, { opened: 1, event: 'message', n: 2, length: 2, lastEventId: '' }),
    ]);
    const messages = [...recording.run().messages];
    expect(messages.map(({ record: { kind }, handled }) => [kind, handled])).toEqual([
      ['request', null],
      ['response', 30],
      ['chunk', 31],
      ['chunk', null],
      ['chunk', 32],
      ['chunk', 32],
    ]);
    expect(messages.at(-1)).toMatchObject({ part: 'c1-down-0', call: 1, callbacks: [{ t: 32 }, { t: 33 }] });
  });

  it('counts anew after it has connected again', () => {
    const recording = record();
    recording.tell(RUN, LISTENING);
    recording.capture.page(1, [sourceEvent('EventSource', 19)]);
    stream(recording, 1, 20, 'id: 1\ndata: a\n\n');
    recording.tell({ type: 'connection-end', t: 50, connection: 1, by: 'cut' });
    recording.capture.page(1, [sourceEvent('error', 51, { readyState: 0 })]);
    stream(recording, 2, 3_000, 'id: 2\ndata: b\n\n');
    recording.capture.page(1, [
      sourceEvent('message', 3_010, { opened: 2, event: 'message', n: 1, length: 1, lastEventId: '2' }),
    ]);
    const { messages } = recording.run();
    expect(messages.get('c1-down-1')).toMatchObject({ handled: null });
    expect(messages.get('c2-down-1')).toMatchObject({ handled: 3_010, call: 1 });
    expect(messages.get('c2-up-0')).toMatchObject({ call: 1 });
  });

  it('does not join an event of another text or id', () => {
    const recording = record();
    recording.tell(RUN, LISTENING);
    stream(recording, 1, 20, 'data: a\n\n');
    recording.capture.page(1, [
      sourceEvent('EventSource', 19),
      sourceEvent('message', 31, { opened: 1, event: 'message', n: 1, length: 9, lastEventId: '' }),
    ]);
    expect(recording.run().messages.at(-1)).toMatchObject({ handled: null });
  });

  it('joins an uncounted event by its id alone', () => {
    const recording = record();
    recording.tell(RUN, LISTENING);
    stream(recording, 1, 20, 'id: 7\ndata: a\n\n', 'id: 8\ndata: b\n\n');
    recording.capture.page(1, [
      sourceEvent('EventSource', 19),
      sourceEvent('message', 31, { opened: 1, event: 'message', n: null, length: 1, lastEventId: '8' }),
    ]);
    expect([...recording.run().messages].slice(2).map(({ handled }) => handled)).toEqual([null, 31]);
  });
});

describe('a script', () => {
  it('hands over its answer when it calls', () => {
    const recording = record();
    const script = (name: string, t: number, more = {}) =>
      ({
        type: 'network',
        t,
        call: 1,
        api: 'script',
        name,
        method: 'GET',
        url: 'http://localhost:8080/poll?callback=jsonp1',
        at: at(t),
        ...more,
      }) as NetworkEvent;
    recording.tell(RUN, LISTENING, OPENED);
    const body = 'jsonp1({"a":1})';
    recording.tell(
      bytes('up', 20, 0, 'GET /poll?callback=jsonp1 HTTP/1.1\r\nHost: x\r\nSec-Fetch-Dest: script\r\n\r\n'),
      bytes(
        'down',
        21,
        0,
        `HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      ),
    );
    recording.capture.page(1, [
      script('script', 19),
      script('call', 30, { callee: 'jsonp1', n: 1 }),
      script('load', 31),
    ]);
    expect(recording.run().messages.at(-1)).toMatchObject({ handled: 30, call: 1 });
  });
});
