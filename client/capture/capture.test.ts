import { describe, expect, it } from 'vitest';
import type { Direction, TelemetryEvent } from '#protocol/telemetry';
import { createBatchDissector, createRecordAssembler } from '../dissect/batch.ts';
import type { NetworkEvent, PageEvent } from '../stage/protocol.ts';
import { createCapture, type CaptureOptions } from './capture.ts';
import type { Run } from './run.ts';

type Loose = Record<string, unknown> & { type: TelemetryEvent['type'] };

/** The worker's work, done at once. */
const dissectHere: CaptureOptions['createDissector'] = (onRecords) => {
  const dissector = createBatchDissector();
  const assembler = createRecordAssembler();
  return {
    push: (items) => onRecords(assembler.apply(dissector.push(items))),
    reset() {
      dissector.reset();
      assembler.reset();
    },
    close: () => undefined,
  };
};

/** A capture whose snapshots are taken when asked for. */
function record() {
  let run: Run | null = null;
  let flush: (() => void) | undefined;
  let seq = 0;
  const capture = createCapture({
    createDissector: dissectHere,
    onRun: (next) => (run = next),
    schedule(work) {
      flush = work;
      return () => (flush = undefined);
    },
  });
  return {
    capture,
    /** Adds `seq`, and `t` when it is missing. */
    tell(...events: Loose[]) {
      capture.telemetry(
        events.map((event) => ({ t: seq, seq: ++seq, ...event }) as unknown as TelemetryEvent),
      );
    },
    skip: (events: number) => (seq += events),
    run(): Run {
      flush?.();
      flush = undefined;
      return run!;
    },
  };
}

const RUN = { type: 'run', t: 0, run: 1, startedAt: 1_700_000_000_000 } as const;
const LISTENING = { type: 'state', t: 5, state: 'listening' } as const;
const OPENED = {
  type: 'connection',
  t: 10,
  connection: 1,
  port: 8080,
  remote: { address: '::1', port: 50_000 },
} as const;
const REQUEST = 'GET /messages?after=0 HTTP/1.1\r\nHost: localhost:8080\r\nSec-Fetch-Dest: empty\r\n\r\n';
const RESPONSE = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]';

function bytes(direction: Direction, t: number, offset: number, text: string, connection = 1): Loose {
  const base64 = Buffer.from(text, 'latin1').toString('base64');
  return { type: 'bytes', t, connection, direction, offset, length: text.length, base64 };
}

function arrived(direction: Direction, t: number, end: number, connection = 1): Loose {
  return { type: 'arrived', t, connection, direction, end };
}

function network(name: NetworkEvent['name'], t: number, line: number, call = 1): PageEvent {
  return {
    type: 'network',
    t,
    call,
    api: 'fetch',
    name,
    method: 'GET',
    url: 'http://localhost:8080/messages?after=0',
    at: { file: 'client.js', line, column: 1 },
  };
}

/** One request and its answer, with everything both sides tell of it. */
function exchange(): ReturnType<typeof record> {
  const recording = record();
  recording.tell(
    RUN,
    LISTENING,
    OPENED,
    bytes('up', 20, 0, REQUEST),
    arrived('up', 30, REQUEST.length),
    {
      type: 'request',
      t: 31,
      connection: 1,
      method: 'GET',
      target: '/messages?after=0',
      at: { file: 'server.js', line: 12, column: 14 },
    },
    { type: 'console', t: 31.5, level: 'log', values: [{ kind: 'string', text: 'asked' }] },
    {
      type: 'call',
      t: 32,
      connection: 1,
      name: 'res.end',
      offset: 0,
      length: RESPONSE.length,
      at: { file: 'server.js', line: 18, column: 7 },
    },
    bytes('down', 32, 0, RESPONSE),
    arrived('down', 42, RESPONSE.length),
  );
  recording.capture.page(1, [network('fetch', 19, 8), network('response', 43, 8), network('body', 44, 9)]);
  return recording;
}

describe('one exchange', () => {
  it('becomes a request and a response that know each other', () => {
    const { messages } = exchange().run();
    expect(messages.map(({ id, number, direction, peer }) => ({ id, number, direction, peer }))).toEqual([
      { id: 'c1-up-0', number: 1, direction: 'up', peer: 'c1-down-0' },
      { id: 'c1-down-0', number: 2, direction: 'down', peer: 'c1-up-0' },
    ]);
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
    expect(jsEvents.map(({ text, message }) => [text, message])).toEqual([
      ['fetch', 'c1-up-0'],
      ['response', 'c1-down-0'],
      ['body', 'c1-down-0'],
    ]);
    expect(serverEvents.map(({ text, message }) => [text, message])).toEqual([
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
    expect(late.run().messages.map(({ call, handled }) => [call, handled])).toEqual([
      [1, null],
      [1, 44],
    ]);
  });
});

describe('what is under way', () => {
  it('has not arrived while bytes are in flight', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST));
    expect(recording.run().messages[0]).toMatchObject({ sent: 20, arrived: null, lost: false });
  });

  it('has not arrived while bytes are missing at the end', () => {
    const recording = record();
    const half = RESPONSE.slice(0, -1);
    recording.tell(RUN, LISTENING, OPENED, bytes('down', 20, 0, half), arrived('down', 21, half.length));
    expect(recording.run().messages[0]!.arrived).toBeNull();
    recording.tell(bytes('down', 50, half.length, ']'), arrived('down', 55, RESPONSE.length));
    expect(recording.run().messages[0]).toMatchObject({
      arrived: 55,
      segments: [{ entered: 20 }, { entered: 50 }],
    });
  });

  it('is lost when the connection is cut first', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST));
    recording.tell({ type: 'connection-end', t: 25, connection: 1, by: 'cut' });
    const { messages, connections } = recording.run();
    expect(messages[0]).toMatchObject({ arrived: null, lost: true });
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
    expect(messages[0]!.lost).toBe(true);
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
    expect(messages.map(({ id, peer }) => [id, peer])).toEqual([
      ['c1-up-0', 'c1-down-0'],
      ['c1-up-1', 'c1-down-1'],
      ['c1-down-0', 'c1-up-0'],
      ['c1-down-1', 'c1-up-1'],
    ]);
    expect(messages[1]!.segments).toEqual([
      { start: REQUEST.length, end: 2 * REQUEST.length, entered: 20, arrived: null, recorded: true },
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
    expect(messages.map(({ id, peer }) => [id, peer])).toEqual([
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
    expect(messages[1]!.deliveries).toEqual(['message 3']);
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
    expect(recording.run().messages[1]!.deliveries).toEqual(['m 1']);
  });
});

describe('runs', () => {
  it('keeps the last run until the next one shows life', () => {
    const recording = exchange();
    recording.tell({ type: 'state', t: 90, state: 'stopped' });
    recording.tell({ ...RUN, run: 2 }, { type: 'state', t: 0, state: 'starting' });
    expect(recording.run()).toMatchObject({ number: 1, live: false });
    recording.tell({ type: 'port', t: 3, port: 8080, url: 'http://localhost:8080' });
    expect(recording.run()).toMatchObject({ number: 2, live: true, messages: [], console: [] });
  });

  it('keeps the last run when the next one does not parse', () => {
    const recording = exchange();
    recording.tell(
      { type: 'state', t: 90, state: 'stopped' },
      { ...RUN, run: 2 },
      { type: 'conditions', t: 0, conditions: { latencyMs: 0, jitterMs: 0 } },
      { type: 'state', t: 0, state: 'starting' },
      { type: 'state', t: 1, state: 'failed', error: { code: 'SYNTAX_ERROR', message: 'Unexpected token' } },
    );
    const run = recording.run();
    expect(run.number).toBe(1);
    expect(run.messages).toHaveLength(2);
  });

  it('counts connections of the next run anew', () => {
    const recording = exchange();
    recording.tell(
      { ...RUN, run: 2 },
      LISTENING,
      OPENED,
      bytes('up', 20, 0, 'POST /x HTTP/1.1\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(recording.run().messages.map(({ record }) => record)).toMatchObject([
      { start: 0, startLine: { method: 'POST' } },
    ]);
  });

  it('hears only the page of the run that is shown', () => {
    const recording = exchange();
    recording.capture.page(2, [network('fetch', 60, 1, 9)]);
    expect(recording.run().jsEvents).toHaveLength(3);
  });

  it('does not go on after its end', () => {
    const recording = exchange();
    recording.tell({ type: 'state', t: 90, state: 'stopped' });
    recording.capture.page(1, [network('error', 80, 1, 2), network('error', 200, 1, 2)]);
    const run = recording.run();
    expect(run.end).toBe(90);
    expect(run.jsEvents).toHaveLength(4);
  });

  it('shows what was thrown once, and what ended the run without being thrown', () => {
    const recording = record();
    const error = { code: 'SERVER_THREW', message: 'Error: no' } as const;
    recording.tell(RUN, LISTENING, { type: 'thrown', error }, { type: 'state', state: 'failed', error });
    expect(recording.run()).toMatchObject({
      error,
      live: false,
      console: [{ side: 'server', level: 'error', error }],
    });
    recording.tell({ ...RUN, run: 2 }, LISTENING);
    recording.tell({ type: 'state', state: 'failed', error: { code: 'LOOP_STOPPED', message: 'too long' } });
    expect(recording.run().console).toHaveLength(1);
  });
});

describe('gaps', () => {
  it('records a hole in the numbers as dropped events', () => {
    const recording = exchange();
    recording.skip(7);
    recording.tell({ type: 'timer', t: 100, kind: 'interval' });
    expect(recording.run().gaps).toEqual([{ from: 44, to: 100, reason: 'events-dropped', events: 7 }]);
  });

  it('takes the word of a gap event for it', () => {
    const recording = exchange();
    recording.skip(4);
    recording.tell({ type: 'gap', t: 100, from: 50, events: 5 });
    expect(recording.run().gaps).toEqual([{ from: 50, to: 100, reason: 'events-dropped', events: 5 }]);
  });

  it('stays open while telemetry is lost, and closes where it comes back with a hole', () => {
    const recording = exchange();
    recording.capture.lost(60);
    expect(recording.run().gaps).toEqual([{ from: 60, to: null, reason: 'telemetry-lost' }]);
    recording.capture.recovered(80);
    recording.skip(3);
    recording.tell({ type: 'timer', t: 81, kind: 'interval' });
    expect(recording.run().gaps).toEqual([{ from: 60, to: 80, reason: 'telemetry-lost' }]);
    recording.capture.close();
  });

  it('was none when everything was told after all', () => {
    const recording = exchange();
    recording.capture.lost(60);
    recording.capture.recovered(80);
    recording.tell({ type: 'timer', t: 70, kind: 'interval' });
    expect(recording.run().gaps).toEqual([]);
    recording.capture.close();
  });

  it('does not apply twice what is told twice', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, { type: 'timer', t: 7, kind: 'interval' });
    recording.capture.telemetry([{ type: 'timer', t: 7, seq: 3, kind: 'interval' }]);
    expect(recording.run().serverEvents).toHaveLength(1);
  });

  it('says which bytes were not recorded, and does not guess who answers whom after them', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST), bytes('down', 21, 0, RESPONSE));
    recording.tell({
      type: 'bytes',
      t: 50,
      connection: 1,
      direction: 'up',
      offset: REQUEST.length,
      length: 60,
    });
    recording.tell(
      bytes('up', 60, REQUEST.length + 60, REQUEST),
      bytes('down', 61, RESPONSE.length, RESPONSE),
    );
    const { gaps, messages } = recording.run();
    expect(gaps).toEqual([{ from: 50, to: null, reason: 'bytes-not-recorded', connection: 1 }]);
    expect(messages.slice(0, 2).map(({ peer }) => peer)).toEqual(['c1-down-0', 'c1-up-0']);
    expect(messages.slice(2).every(({ peer }) => peer === null)).toBe(true);
  });

  it('ends with the connection', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, {
      type: 'bytes',
      t: 50,
      connection: 1,
      direction: 'up',
      offset: 0,
      length: 60,
    });
    recording.tell({ type: 'connection-end', t: 70, connection: 1, by: 'browser' });
    expect(recording.run().gaps).toMatchObject([{ from: 50, to: 70 }]);
  });
});

describe('snapshots', () => {
  it('share what did not change', () => {
    const recording = exchange();
    const before = recording.run();
    recording.tell({ type: 'timer', t: 100, kind: 'interval' });
    const after = recording.run();
    expect(after).not.toBe(before);
    expect(after.messages).toBe(before.messages);
    expect(after.console).toBe(before.console);
    expect(after.serverEvents).not.toBe(before.serverEvents);
    expect(before.serverEvents).toHaveLength(2);
  });

  it('are never changed after they were handed out', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST));
    const before = recording.run();
    const copy = structuredClone(before);
    recording.tell(arrived('up', 30, REQUEST.length), bytes('down', 32, 0, RESPONSE), {
      type: 'connection-end',
      t: 40,
      connection: 1,
      by: 'server',
    });
    recording.capture.page(1, [network('fetch', 19, 8)]);
    expect(recording.run().messages[0]!.arrived).toBe(30);
    expect(before).toEqual(copy);
  });

  it('hold a console that can be cleared', () => {
    const recording = exchange();
    recording.run();
    recording.capture.clearConsole();
    expect(recording.run().console).toEqual([]);
  });
});

describe('bounds', () => {
  it('forget the older part of everything together, and say so', () => {
    const recording = exchange();
    for (let n = 0; n < 201; n++) {
      const timers = Array.from({ length: 100 }, (_, m) => ({
        type: 'timer' as const,
        t: 100 + n * 100 + m,
        kind: 'interval',
      }));
      recording.tell(...timers);
    }
    const run = recording.run();
    expect(run.serverEvents.length).toBeLessThan(20_000);
    const [gap] = run.gaps;
    expect(gap).toMatchObject({ from: 0, to: run.serverEvents[0]!.t, reason: 'events-dropped' });
    expect(run.messages).toEqual([]);
    expect(run.jsEvents).toEqual([]);
  });

  it('keep what is still under way, and number on', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST));
    for (let n = 0; n < 201; n++) {
      const timers = Array.from({ length: 100 }, (_, m) => ({
        type: 'timer' as const,
        t: 100 + n * 100 + m,
        kind: 'interval',
      }));
      recording.tell(...timers);
    }
    expect(recording.run().messages).toMatchObject([{ id: 'c1-up-0', number: 1 }]);
    recording.tell(bytes('down', 30_000, 0, RESPONSE));
    expect(recording.run().messages).toMatchObject([{ number: 1, peer: 'c1-down-0' }, { number: 2 }]);
  });
});
