import { describe, expect, it } from 'vitest';
import {
  arrived,
  bytes,
  exchange,
  LISTENING,
  network,
  OPENED,
  record,
  REQUEST,
  RESPONSE,
  RUN,
} from '../../tests/support/recording.ts';

describe('one exchange', () => {
  it('becomes a request and a response that know each other', () => {
    const { messages } = exchange().run();
    expect([...messages].map(({ id, number, direction, peer }) => ({ id, number, direction, peer }))).toEqual(
      [
        { id: 'c1-up-0', number: 1, direction: 'up', peer: 'c1-down-0' },
        { id: 'c1-down-0', number: 2, direction: 'down', peer: 'c1-up-0' },
      ],
    );
  });

  it('has the times of the wire and of the code', () => {
    const [request, response] = exchange().run().messages;
    expect(request).toMatchObject({ sent: 20, arrived: 30, handled: 31, lost: false });
    expect(response).toMatchObject({ sent: 32, arrived: 42, handled: 44, lost: false });
  });

  it('names the lines of both ends', () => {
    const [request, response] = exchange().run().messages;
    expect(request!.writtenAt).toEqual([{ file: 'client.js', line: 8, column: 1 }]);
    expect(request!.handledAt).toEqual([{ file: 'server.js', line: 12, column: 14 }]);
    expect(response!.writtenAt).toEqual([{ file: 'server.js', line: 18, column: 7 }]);
    expect(response!.handledAt).toEqual([{ file: 'client.js', line: 9, column: 1 }]);
  });

  it('labels lane words and console rows with the message they are about', () => {
    const { jsEvents, serverEvents, console } = exchange().run();
    expect([...jsEvents].map(({ text, message }) => [text, message])).toEqual([
      ['fetch', 'c1-up-0'],
      ['response', 'c1-down-0'],
      ['body', 'c1-down-0'],
    ]);
    expect([...serverEvents].map(({ text, message }) => [text, message])).toEqual([
      ['GET /messages?after=0', 'c1-up-0'],
      ['asked', 'c1-up-0'],
    ]);
    expect(console[0]).toMatchObject({ side: 'server', message: 'c1-up-0' });
  });

  it('keeps the very bytes', () => {
    const recording = exchange();
    const [request, response] = recording.run().messages;
    expect(Buffer.from(recording.capture.bytesOf(request!)).toString('latin1')).toBe(REQUEST);
    expect(Buffer.from(recording.capture.bytesOf(response!)).toString('latin1')).toBe(RESPONSE);
  });

  it('is the same when the page tells of it late, or first', () => {
    const late = record();
    late.capture.telemetry([]);
    late.tell(RUN, LISTENING, OPENED);
    late.capture.page(1, [network('fetch', 19, 8), network('response', 43, 8), network('body', 44, 9)]);
    late.tell(bytes('up', 20, 0, REQUEST), bytes('down', 32, 0, RESPONSE));
    expect([...late.run().messages].map(({ call, handled }) => [call, handled])).toEqual([
      [1, null],
      [1, 44],
    ]);
  });
});

describe('what is under way', () => {
  it('has not arrived while bytes are in flight', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST));
    expect(recording.run().messages.at(0)).toMatchObject({ sent: 20, arrived: null, lost: false });
  });

  it('has not arrived while bytes are missing at the end', () => {
    const recording = record();
    const half = RESPONSE.slice(0, -1);
    recording.tell(RUN, LISTENING, OPENED, bytes('down', 20, 0, half), arrived('down', 21, half.length));
    expect(recording.run().messages.at(0)!.arrived).toBeNull();
    recording.tell(bytes('down', 50, half.length, ']'), arrived('down', 55, RESPONSE.length));
    expect(recording.run().messages.at(0)).toMatchObject({
      arrived: 55,
      segments: [{ entered: 20 }, { entered: 50 }],
    });
  });

  it('is lost when the connection is cut first', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST));
    recording.tell({ type: 'connection-end', t: 25, connection: 1, by: 'cut' });
    const { messages, connections } = recording.run();
    expect(messages.at(0)).toMatchObject({ arrived: null, lost: true });
    expect(connections[0]!.ended).toEqual({ t: 25, by: 'cut', error: undefined });
  });

  it('is lost when the run ends, also when the end of the connection is not told', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST), {
      type: 'state',
      t: 30,
      state: 'stopped',
    });
    const { messages, connections, live } = recording.run();
    expect(live).toBe(false);
    expect(messages.at(0)!.lost).toBe(true);
    expect(connections[0]!.ended).toMatchObject({ t: 30, by: 'stop' });
  });
});

describe('many messages on one connection', () => {
  it('pairs pipelined requests with their answers, in order, from shared segments', () => {
    const recording = record();
    recording.tell(
      RUN,
      LISTENING,
      OPENED,
      bytes('up', 20, 0, REQUEST + REQUEST),
      bytes('down', 30, 0, RESPONSE),
      bytes('down', 31, RESPONSE.length, RESPONSE),
    );
    const { messages } = recording.run();
    expect([...messages].map(({ id, peer }) => [id, peer])).toEqual([
      ['c1-up-0', 'c1-down-0'],
      ['c1-up-1', 'c1-down-1'],
      ['c1-down-0', 'c1-up-0'],
      ['c1-down-1', 'c1-up-1'],
    ]);
    expect(messages.at(1)!.segments).toEqual([
      {
        start: REQUEST.length,
        end: 2 * REQUEST.length,
        entered: 20,
        arrived: null,
        recorded: true,
        cut: 'before',
      },
    ]);
  });

  it('skips interim responses', () => {
    const recording = record();
    const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
    recording.tell(
      RUN,
      LISTENING,
      OPENED,
      bytes('up', 20, 0, REQUEST),
      bytes('down', 30, 0, interim + RESPONSE),
    );
    const { messages } = recording.run();
    expect([...messages].map(({ id, peer }) => [id, peer])).toEqual([
      ['c1-up-0', 'c1-down-1'],
      ['c1-down-0', null],
      ['c1-down-1', 'c1-up-0'],
    ]);
  });
});

describe('marks', () => {
  it('become a delivery carried by the answer in which the page found it', () => {
    const recording = exchange();
    recording.tell({ type: 'mark', t: 15, name: 'message 3', at: { file: 'server.js', line: 7, column: 3 } });
    recording.capture.page(1, [{ type: 'mark', t: 44.2, name: 'message 3', call: 1 }]);
    const { deliveries, messages } = recording.run();
    expect(deliveries).toEqual([
      {
        name: 'message 3',
        label: '3',
        created: 15,
        createdAt: { file: 'server.js', line: 7, column: 3 },
        handled: 44.2,
        handledAt: undefined,
        message: 'c1-down-0',
      },
    ]);
    expect(messages.at(1)!.deliveries).toEqual(['message 3']);
  });

  it('wait until the answer is known', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED);
    recording.capture.page(1, [
      network('fetch', 19, 8),
      network('body', 44, 9),
      { type: 'mark', t: 44, name: 'm 1', call: 1 },
    ]);
    expect(recording.run().deliveries[0]!.message).toBeNull();
    recording.tell(bytes('up', 20, 0, REQUEST), bytes('down', 32, 0, RESPONSE));
    expect(recording.run().deliveries[0]!.message).toBe('c1-down-0');
    expect(recording.run().messages.at(1)!.deliveries).toEqual(['m 1']);
  });
});
