/** A capture in which nothing is left to chance: bytes are dissected at once, snapshots taken when asked for. */
import type { Direction, TelemetryEvent } from '#protocol/telemetry';
import { createBatchDissector } from '../../client/dissect/batch.ts';
import type { FetchEvent, PageEvent } from '../../client/stage/protocol.ts';
import { createCapture, type CaptureOptions } from '../../client/capture/capture.ts';
import type { Run } from '../../client/capture/run.ts';

type Loose = Record<string, unknown> & { type: TelemetryEvent['type'] };

/** The worker's work, done at once. */
export const dissectHere: CaptureOptions['createDissector'] = (onUpdates) => {
  const dissector = createBatchDissector();
  return {
    push: (items) => onUpdates(dissector.push(items)),
    reset: () => dissector.reset(),
    close: () => undefined,
  };
};

/** A capture whose snapshots are taken when asked for. */
export function record(limits?: CaptureOptions['limits']) {
  let run: Run | null = null;
  let flush: (() => void) | undefined;
  let seq = 0;
  const capture = createCapture({
    createDissector: dissectHere,
    limits,
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

export const RUN = { type: 'run', t: 0, run: 1, startedAt: 1_700_000_000_000 } as const;
export const LISTENING = { type: 'state', t: 5, state: 'listening' } as const;
export const OPENED = {
  type: 'connection',
  t: 10,
  connection: 1,
  port: 8080,
  remote: { address: '::1', port: 50_000 },
  local: { address: '::1', port: 8080 },
} as const;
export const REQUEST =
  'GET /messages?after=0 HTTP/1.1\r\nHost: localhost:8080\r\nSec-Fetch-Dest: empty\r\n\r\n';
export const RESPONSE = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]';

export function bytes(direction: Direction, t: number, offset: number, text: string, connection = 1): Loose {
  const base64 = Buffer.from(text, 'latin1').toString('base64');
  return { type: 'bytes', t, connection, direction, offset, length: text.length, base64 };
}

export function arrived(direction: Direction, t: number, end: number, connection = 1): Loose {
  return { type: 'arrived', t, connection, direction, end };
}

export function network(name: FetchEvent['name'], t: number, line: number, call = 1): PageEvent {
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
export function exchange(limits?: CaptureOptions['limits']): ReturnType<typeof record> {
  const recording = record(limits);
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
