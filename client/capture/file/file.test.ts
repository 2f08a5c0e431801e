import { describe, expect, it, vi } from 'vitest';
import {
  arrived,
  bytes,
  dissectHere,
  LISTENING,
  network,
  OPENED,
  REQUEST,
  RESPONSE,
  RUN,
} from '../../../tests/support/recording.ts';
import { createCapture } from '../capture.ts';
import type { Run } from '../run.ts';
import { readHeader, readLine, RUN_FILE_FORMAT, RUN_FILE_VERSION, type RunFileHeader } from './format.ts';
import { Journal } from './journal.ts';
import { readRun } from './read.ts';
import { Recording } from './recording.ts';

const HEADER: RunFileHeader = {
  format: RUN_FILE_FORMAT,
  version: RUN_FILE_VERSION,
  lesson: 'polling',
  files: { 'server.js': 'listen();' },
};

/** A capture that hands out its runs at once. */
function capturing(journal?: Journal) {
  const seen: { run: Run | null } = { run: null };
  const capture = createCapture({
    createDissector: dissectHere,
    journal,
    onRun: (run) => (seen.run = run),
    schedule: () => () => undefined,
  });
  let seq = 0;
  return {
    capture,
    seen,
    tell: (...events: object[]) =>
      capture.telemetry(events.map((event) => ({ t: seq, seq: ++seq, ...event })) as never[]),
  };
}

/** A run that was recorded, and what was seen of it. */
function recorded() {
  const recording = new Recording();
  const lab = capturing(new Journal(recording, () => HEADER));
  lab.tell(RUN, LISTENING, OPENED);
  lab.tell(bytes('up', 20, 0, REQUEST), arrived('up', 30, REQUEST.length));
  lab.tell(bytes('down', 32, 0, RESPONSE), arrived('down', 42, RESPONSE.length));
  lab.capture.clock(0.7);
  lab.capture.page(1, [network('fetch', 19, 8), network('body', 44, 9)]);
  return { recording, ...lab };
}

async function opened(file: Blob) {
  const { capture, seen } = capturing();
  const progress = vi.fn();
  const result = await readRun(file, {
    onHeader: () => capture,
    onProgress: progress,
    settled: () => Promise.resolve(),
  });
  return { ...result, run: seen.run!, progress };
}

const plain = (run: Run) =>
  JSON.parse(
    JSON.stringify({ ...run, messages: [...run.messages], jsEvents: [...run.jsEvents], live: false }),
  ) as object;

describe('the file of a run', () => {
  it('opens as the run that was saved', async () => {
    const { recording, capture, seen } = recorded();
    capture.flush();
    const { run, header, truncated, badLines } = await opened(await recording.file());
    expect(plain(run)).toEqual(plain(seen.run!));
    expect(run.messages).toHaveLength(2);
    expect(run.live).toBe(false);
    expect({ header, truncated, badLines }).toEqual({ header: HEADER, truncated: false, badLines: 0 });
  });

  it('is NDJSON under gzip, begun by its header', async () => {
    const file = await recorded().recording.file();
    const text = await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text();
    const lines = text.trimEnd().split('\n');
    expect(JSON.parse(lines[0]!)).toEqual(HEADER);
    expect(lines.slice(1).map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual([
      'telemetry',
      'telemetry',
      'telemetry',
      'clockErrorMs',
      'pageEvents',
    ]);
  });

  it('opens unpacked, too', async () => {
    const file = await recorded().recording.file();
    const text = await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
    expect((await opened(text)).run.messages).toHaveLength(2);
  });

  it('can be saved while the run goes on, and again later', async () => {
    const { recording, tell } = recorded();
    const first = await opened(await recording.file());
    tell({ type: 'timer', t: 100, kind: 'interval' });
    const second = await opened(await recording.file());
    expect(first.run.serverEvents.length + 1).toBe(second.run.serverEvents.length);
  });

  it('holds many packed parts as one', async () => {
    const recording = new Recording();
    recording.begin(HEADER);
    const text = 'x'.repeat(100_000);
    recording.add({ telemetry: [{ ...RUN, seq: 1 }] }, 0);
    for (let n = 0; n < 40; n++) {
      const event = { type: 'console', t: n, seq: n + 2, level: 'log', values: [{ kind: 'string', text }] };
      recording.add({ telemetry: [event as never] }, n);
    }
    const file = await recording.file();
    expect(file.size).toBeLessThan(100_000);
    expect((await opened(file)).run.console).toHaveLength(40);
  });

  it('is of the last run that got past the parser', async () => {
    const { recording, tell } = recorded();
    const error = { code: 'SYNTAX_ERROR', message: 'Unexpected token' } as const;
    tell({ ...RUN, run: 2 }, { type: 'state', t: 1, state: 'failed', error });
    tell({ type: 'conditions', t: 9, conditions: {} });
    expect((await opened(await recording.file())).run.number).toBe(1);
    tell({ ...RUN, run: 3 });
    tell(LISTENING);
    const { run } = await opened(await recording.file());
    expect(run).toMatchObject({ number: 3, messages: { length: 0 } });
  });

  it('opens as far as it goes when it ends in the middle', async () => {
    const file = await recorded().recording.file();
    const { run, truncated } = await opened(file.slice(0, file.size - 12));
    expect(truncated).toBe(true);
    expect(run.number).toBe(1);
  });

  it('passes over lines that are damaged, or of a later kind', async () => {
    const lines = [
      JSON.stringify(HEADER),
      '{"telemetry":[{"type":"run","t":0,"seq":1,"run":7,"startedAt":0}]}',
      '{"telemetry":[{"type":"bytes","t":1,"seq":2,"connection":1,"direction":"sideways"}]}',
      'not json',
      '{"hologram":1}',
      '{"telemetry":[{"type":"state","t":2,"seq":3,"state":"listening"}]}',
    ];
    const { run, badLines } = await opened(new Blob([lines.join('\n')]));
    expect(run).toMatchObject({ number: 7, state: 'listening' });
    expect(badLines).toBe(3);
  });

  it.each([
    ['a picture', '\u0089PNG', 'unreadable'],
    ['nothing', '', 'unreadable'],
    ['gzip that is damaged', '\u001f\u008bxxxx', 'unreadable'],
    ['other JSON', '{"log":{}}', 'foreign'],
    ['a list', '[1]', 'foreign'],
    ['a run of the future', JSON.stringify({ ...HEADER, version: 99 }), 'newer'],
  ])('is refused in so many words when it is %s', async (_, text, problem) => {
    const file = new Blob([Uint8Array.from(text, (char) => char.charCodeAt(0))]);
    await expect(opened(file)).rejects.toMatchObject({ problem });
  });
});

describe('lines', () => {
  it('of the header keep only texts among the files', () => {
    const header = readHeader(JSON.stringify({ ...HEADER, lesson: 5, files: { a: 'x', b: 3 } }));
    expect(header).toMatchObject({ lesson: null, files: { a: 'x' } });
  });

  it.each([['null'], ['{}'], ['{"telemetry":[null]}'], ['{"pageEvents":[],"run":1}'], ['{"lost":"x"}']])(
    'are not read when they are %s',
    (line) => expect(readLine(line)).toBeNull(),
  );
});
