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

describe('runs', () => {
  it('keeps the last run until the next one shows life', () => {
    const recording = exchange();
    recording.tell({ type: 'state', t: 90, state: 'stopped' });
    recording.tell({ ...RUN, run: 2 }, { type: 'state', t: 0, state: 'starting' });
    expect(recording.run()).toMatchObject({ number: 1, live: false });
    recording.tell({ type: 'port', t: 3, port: 8080, url: 'http://localhost:8080' });
    expect(recording.run()).toMatchObject({ number: 2, live: true, messages: { length: 0 }, console: [] });
  });

  it('keeps the last run when the next one does not parse', () => {
    const recording = exchange();
    recording.tell(
      { type: 'state', t: 90, state: 'stopped' },
      { ...RUN, run: 2 },
      { type: 'conditions', t: 0, conditions: { latencyMs: 0, jitterMs: 0 } },
      { type: 'state', t: 0, state: 'starting' },
      { type: 'thrown', t: 1, error: { code: 'SYNTAX_ERROR', message: 'Unexpected token' } },
      { type: 'state', t: 1, state: 'failed', error: { code: 'SYNTAX_ERROR', message: 'Unexpected token' } },
    );
    recording.tell({ type: 'conditions', t: 5000, conditions: { latencyMs: 500, jitterMs: 0 } });
    const run = recording.run();
    expect(run).toMatchObject({ number: 1, end: 90, conditions: { latencyMs: 0 } });
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
    expect([...recording.run().messages].map(({ record }) => record)).toMatchObject([
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

  it('hand out messages that are never changed, and others once more is known', () => {
    const recording = record();
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST));
    const before = recording.run();
    const [message] = before.messages;
    const copy = structuredClone(message);
    const { connections } = before;
    recording.tell(arrived('up', 30, REQUEST.length), bytes('down', 32, 0, RESPONSE), {
      type: 'connection-end',
      t: 40,
      connection: 1,
      by: 'server',
    });
    recording.capture.page(1, [network('fetch', 19, 8)]);
    const after = recording.run();
    expect(after.messages.at(0)).toMatchObject({ arrived: 30, call: 1 });
    expect(message).toEqual(copy);
    expect(connections[0]!.ended).toBeUndefined();
    expect(before.messages).toHaveLength(1);
    expect(after.messages.at(0)).toBe(recording.run().messages.at(0));
  });

  it('say how far off page times can be: as far as the worst of them', () => {
    const recording = exchange();
    expect(recording.run().clock.errorMs).toBe(Infinity);
    for (const errorMs of [1.5, 3, 0.7]) recording.capture.clock(errorMs);
    expect(recording.run().clock.errorMs).toBe(3);
  });

  it('hold a console that can be cleared', () => {
    const recording = exchange();
    recording.run();
    recording.capture.clearConsole();
    expect(recording.run().console).toEqual([]);
  });
});

describe('bounds', () => {
  /** A timer of 100 ms, 200 times, beginning at `from`. */
  const timers = (from: number) =>
    Array.from({ length: 200 }, (_, n) => ({ type: 'timer' as const, t: from + n * 100, kind: 'interval' }));

  it('forget the older part of everything together, and say so', () => {
    const recording = exchange({ laneEvents: 150 });
    recording.tell(...timers(100));
    const run = recording.run();
    expect(run.serverEvents.length).toBeLessThan(160);
    const [gap] = run.gaps;
    expect(gap).toMatchObject({ from: 0, to: run.serverEvents.at(0)!.t, reason: 'events-dropped' });
    expect([...run.messages]).toEqual([]);
    expect([...run.jsEvents]).toEqual([]);
    expect(run.totals).toMatchObject({ requests: 1, delivered: 1 });
  });

  it('keep what is still under way, and number on', () => {
    const recording = record({ laneEvents: 150 });
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, REQUEST), ...timers(100));
    expect([...recording.run().messages]).toMatchObject([{ id: 'c1-up-0', number: 1 }]);
    recording.tell(bytes('down', 30_000, 0, RESPONSE));
    expect([...recording.run().messages]).toMatchObject([{ number: 1, peer: 'c1-down-0' }, { number: 2 }]);
  });

  it('forget rows of the Console alone, and count them', () => {
    const recording = exchange({ consoleRows: 100 });
    for (let n = 0; n < 101; n++) {
      recording.tell({ type: 'console', t: 100 + n, level: 'log', values: [] });
    }
    const run = recording.run();
    expect(run.console.length + run.consoleForgotten).toBe(102);
    expect(run.console.length).toBeLessThan(100);
    expect(run.messages).toHaveLength(2);
    expect(run.gaps).toEqual([]);
  });
});
