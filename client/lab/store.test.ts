import { UNIMPAIRED } from '#protocol/telemetry';
import { describe, expect, it, vi } from 'vitest';
import type { CreatedLabView, ExchangeView, LabView } from '#protocol/labs';
import type { TelemetryEvent } from '#protocol/telemetry';
import { dissectHere } from '../../tests/support/recording.ts';
import { RefusedError, UnreachableError, type LabApi } from './api.ts';
import type { SessionEvents } from './session.ts';
import { createLab } from './store.ts';

const SPEC = {
  files: { 'server.js': '' },
  page: 'same-origin',
  conditions: { ...UNIMPAIRED, latencyMs: 50 },
} as const;

const VIEW: LabView = {
  id: 'lab1',
  run: 1,
  state: 'listening',
  page: { url: 'http://localhost:8080/.lab/1/' },
  ports: [],
  room: null,
};
const CREATED: CreatedLabView = { ...VIEW, token: 'secret' };

const SYNTAX = {
  code: 'SYNTAX_ERROR',
  message: 'Unexpected token',
  at: { file: 'server.js', line: 7, column: 1 },
} as const;

/** The screens' lab beside a server whose every answer is given by hand. */
function lab() {
  const api = {
    create: vi.fn<LabApi['create']>(() => Promise.resolve(CREATED)),
    run: vi.fn<LabApi['run']>((_, body) => Promise.resolve({ ...VIEW, run: 2, body })),
    stop: vi.fn<LabApi['stop']>(() => Promise.resolve({})),
    setConditions: vi.fn<LabApi['setConditions']>(() => Promise.resolve({})),
    cut: vi.fn<LabApi['cut']>(() => Promise.resolve({})),
    exchange: vi.fn<LabApi['exchange']>(),
    forget: vi.fn<LabApi['forget']>(() => Promise.resolve({})),
    clock: vi.fn<LabApi['clock']>(),
    captureUrl: vi.fn(() => '/capture.pcapng'),
    wireUrl: vi.fn<LabApi['wireUrl']>(),
  } satisfies LabApi;
  const sessions: SessionEvents[] = [];
  const closed = vi.fn();
  let time = 0;
  let flush: (() => void) | undefined;
  const { useLab } = createLab({
    api,
    createDissector: dissectHere,
    schedule(work) {
      flush = work;
      return () => (flush = undefined);
    },
    connect(_, key, events) {
      sessions.push(events);
      return { key, labTime: () => time, clock: () => null, reconnect: vi.fn(), close: closed };
    },
  });
  let seq = 0;
  return {
    api,
    sessions,
    closed,
    /** As the screens see it after the next frame. */
    state() {
      flush?.();
      return useLab.getState();
    },
    setTime: (t: number) => (time = t),
    /** Telemetry of the newest session. */
    tell(...events: (Record<string, unknown> & { type: TelemetryEvent['type'] })[]) {
      sessions
        .at(-1)!
        .onEvents(events.map((event) => ({ t: seq, seq: ++seq, ...event }) as unknown as TelemetryEvent));
    },
    restartNumbers: () => (seq = 0),
  };
}

const begins = (run: number) => ({ type: 'run', t: 0, run, startedAt: run * 1000 }) as const;
const listens = { type: 'state', state: 'listening' } as const;

/** A lab whose first run is on the wire. */
async function running() {
  const it = lab();
  await it.state().start(SPEC);
  it.tell(begins(1), listens);
  return it;
}

describe('start', () => {
  it('makes a lab, follows its telemetry, and shows its page', async () => {
    const { api, state, tell } = lab();
    const started = state().start(SPEC);
    expect(state()).toMatchObject({ phase: 'starting', stale: false, conditions: SPEC.conditions });
    expect(state().startedAt).not.toBeNull();
    await started;
    expect(api.create).toHaveBeenCalledWith({
      files: SPEC.files,
      page: 'same-origin',
      conditions: SPEC.conditions,
      profile: null,
    });
    tell(begins(1), listens);
    expect(state()).toMatchObject({
      phase: 'running',
      pageUrl: VIEW.page!.url,
      run: { number: 1, live: true },
    });
  });

  it('runs again in the same lab, and dims the last run until the next one lives', async () => {
    const { api, state, tell } = await running();
    state().select({ message: 'c1-up-0' });
    const again = state().start(SPEC);
    expect(state()).toMatchObject({ phase: 'starting', stale: true, pageUrl: null, run: { number: 1 } });
    tell({ type: 'state', state: 'stopped' }, begins(2));
    expect(state()).toMatchObject({ phase: 'starting', stale: true, run: { number: 1 } });
    tell(listens);
    expect(state()).toMatchObject({ stale: false, run: { number: 2 }, selection: null });
    await again;
    expect(api.create).toHaveBeenCalledTimes(1);
    expect(api.run).toHaveBeenCalledWith(
      { id: 'lab1', token: 'secret' },
      { files: SPEC.files, conditions: SPEC.conditions, profile: null },
    );
  });

  it('keeps the last run, dimmed, when the files do not parse', async () => {
    const { api, state, tell } = await running();
    api.run.mockRejectedValueOnce(new RefusedError(SYNTAX));
    const again = state().start(SPEC);
    tell({ type: 'state', state: 'stopped' }, begins(2), { type: 'state', state: 'failed', error: SYNTAX });
    await again;
    expect(state()).toMatchObject({ phase: 'failed', error: SYNTAX, stale: true, run: { number: 1 } });
    api.run.mockResolvedValueOnce({ ...VIEW, run: 3 });
    await state().start(SPEC);
    tell(begins(3), listens);
    expect(state()).toMatchObject({ phase: 'running', error: null, stale: false, run: { number: 3 } });
  });

  it('makes another lab when the server forgot this one', async () => {
    const { api, state, tell, sessions, restartNumbers } = await running();
    api.run.mockRejectedValueOnce(new RefusedError({ code: 'LAB_NOT_FOUND', message: '' }));
    await state().start(SPEC);
    expect(api.create).toHaveBeenCalledTimes(2);
    expect(sessions).toHaveLength(2);
    restartNumbers();
    tell(begins(1), listens);
    expect(state()).toMatchObject({ phase: 'running', stale: false });
  });

  it('says when the server does not answer, and works again when it does', async () => {
    const { api, state, tell } = lab();
    api.create.mockRejectedValueOnce(new UnreachableError());
    await state().start(SPEC);
    expect(state()).toMatchObject({ phase: 'unreachable', error: null });
    await state().start(SPEC);
    tell(begins(1), listens);
    expect(state().phase).toBe('running');
  });

  it('says why the server refuses', async () => {
    const { api, state } = lab();
    const reported = { code: 'LAB_LIMIT', message: '', params: { limit: 5 } } as const;
    api.create.mockRejectedValueOnce(new RefusedError(reported));
    await state().start(SPEC);
    expect(state()).toMatchObject({ phase: 'failed', error: reported });
  });

  it('finds the page of a server that listens only later', async () => {
    const { api, state, tell } = lab();
    api.create.mockResolvedValueOnce({ ...CREATED, state: 'running', page: null });
    await state().start(SPEC);
    tell(begins(1), { type: 'state', state: 'running' });
    expect(state()).toMatchObject({ phase: 'running', pageUrl: null });
    tell({ type: 'port', port: 8080, url: 'http://localhost:8080' }, listens);
    expect(state().pageUrl).toBe('http://localhost:8080/.lab/1/');
  });

  it('shows an error that ended the run, and closes its page', async () => {
    const { state, tell } = await running();
    const error = { code: 'SERVER_THREW', message: 'Error: no' };
    tell({ type: 'state', state: 'failed', error });
    expect(state()).toMatchObject({ phase: 'failed', error, pageUrl: null, run: { live: false } });
  });

  it('shows the last of two quick starts', async () => {
    const { api, state } = lab();
    await Promise.all([state().start(SPEC), state().start({ ...SPEC, files: { 'server.js': '2' } })]);
    expect(api.create).toHaveBeenCalledTimes(1);
    expect(api.create.mock.calls[0]![0].files).toEqual({ 'server.js': '2' });
  });
});

describe('stop', () => {
  it('ends the run and closes its page at once', async () => {
    const { api, state } = await running();
    await state().stop();
    expect(api.stop).toHaveBeenCalled();
    expect(state()).toMatchObject({ phase: 'stopped', pageUrl: null, run: { number: 1 } });
  });

  it('also ends a run that was not yet told of', async () => {
    const { api, state } = lab();
    const started = state().start(SPEC);
    await state().stop();
    await started;
    await vi.waitFor(() => expect(state().phase).toBe('stopped'));
    expect(api.create.mock.calls.length).toBe(api.stop.mock.calls.length);
    expect(state().pageUrl).toBeNull();
  });
});

describe('a lost link', () => {
  it('says since when nothing is recorded, and forgets it when all was told', async () => {
    const { state, sessions, setTime, tell } = await running();
    setTime(4200);
    sessions[0]!.onLost();
    expect(state()).toMatchObject({ lostSince: 4200, transport: null, phase: 'running' });
    sessions[0]!.onStillLost();
    expect(state().phase).toBe('unreachable');
    expect(state().run!.gaps).toEqual([{ from: 4200, to: null, reason: 'telemetry-lost' }]);
    sessions[0]!.onOpen('event-stream');
    tell({ type: 'timer', kind: 'interval' });
    expect(state()).toMatchObject({
      lostSince: null,
      transport: 'event-stream',
      phase: 'running',
      run: { gaps: [] },
    });
  });

  it('loses nothing when the run is over', async () => {
    const { state, sessions, tell } = await running();
    tell({ type: 'state', state: 'stopped' });
    sessions[0]!.onLost();
    sessions[0]!.onStillLost();
    expect(state()).toMatchObject({ lostSince: null, phase: 'stopped', run: { gaps: [] } });
  });

  it('keeps what was recorded when the lab is gone', async () => {
    const { state, sessions, tell } = await running();
    tell({ type: 'timer', kind: 'interval' });
    sessions[0]!.onLost();
    const reason = { code: 'LAB_NOT_FOUND', message: 'idle too long' } as const;
    sessions[0]!.onGone(reason);
    expect(state()).toMatchObject({
      phase: 'failed',
      error: reason,
      lostSince: null,
      pageUrl: null,
      run: { live: false },
    });
    expect(state().run!.serverEvents).toHaveLength(1);
  });
});

describe('leave', () => {
  it('forgets the lab here and on the server', async () => {
    const { api, closed, state } = await running();
    state().leave();
    expect(api.forget).toHaveBeenCalledWith({ id: 'lab1', token: 'secret' });
    expect(closed).toHaveBeenCalled();
    expect(state()).toMatchObject({ phase: 'idle', run: null, selection: null, pageUrl: null });
  });

  it('forgets a lab that was made after it was left', async () => {
    const { api, sessions, state } = lab();
    let made: (view: CreatedLabView) => void = () => undefined;
    api.create.mockReturnValueOnce(new Promise((resolve) => (made = resolve)));
    const started = state().start(SPEC);
    await vi.waitFor(() => expect(api.create).toHaveBeenCalled());
    state().leave();
    made(CREATED);
    await started;
    expect(api.forget).toHaveBeenCalledWith({ id: 'lab1', token: 'secret' });
    expect(sessions).toEqual([]);
    expect(state().phase).toBe('idle');
  });
});

describe('labNow', () => {
  it('is 0 without a run, runs with the lab clock, and stands still at the end', async () => {
    expect(lab().state().labNow()).toBe(0);
    const { state, setTime, tell } = await running();
    setTime(1234);
    expect(state().labNow()).toBe(1234);
    tell({ type: 'state', t: 1300, state: 'stopped' });
    setTime(5000);
    expect(state().labNow()).toBe(1300);
  });
});

describe('the network', () => {
  it('changes at once here, and on the server', async () => {
    const { api, state } = await running();
    await state().setConditions({ latencyMs: 300 });
    expect(state().conditions).toMatchObject({ latencyMs: 300, jitterMs: 0 });
    expect(api.setConditions).toHaveBeenCalledWith({ id: 'lab1', token: 'secret' }, { latencyMs: 300 });
  });

  it('is kept for the next lab when there is none', async () => {
    const { api, state } = lab();
    await state().setConditions({ latencyMs: 300 });
    expect(state().conditions.latencyMs).toBe(300);
    expect(api.setConditions).not.toHaveBeenCalled();
  });
});

describe('bytes sent by hand', () => {
  const ANSWER: ExchangeView = { run: 1, connection: 3, base64: 'AP8=', end: 'open', ms: 12 };

  it('go to the port as they are, and bring the answer', async () => {
    const { api, state } = await running();
    api.exchange.mockResolvedValueOnce(ANSWER);
    expect(await state().exchange(8080, Uint8Array.of(0, 255))).toEqual(ANSWER);
    expect(api.exchange).toHaveBeenCalledWith(
      { id: 'lab1', token: 'secret' },
      { port: 8080, base64: 'AP8=' },
    );
  });

  it('say why there is no answer', async () => {
    const { api, state } = lab();
    const send = () => state().exchange(8080, Uint8Array.of(1));
    expect(await send()).toMatchObject({ problem: { code: 'PORT_NOT_OPEN', params: { port: 8080 } } });
    await state().start(SPEC);
    api.exchange.mockRejectedValueOnce(new RefusedError({ code: 'RATE_LIMITED', message: '' }));
    expect(await send()).toMatchObject({ problem: { code: 'RATE_LIMITED' } });
    api.exchange.mockRejectedValueOnce(new UnreachableError());
    expect(await send()).toEqual({ problem: null });
  });
});

describe('a run in a file', () => {
  const fileOf = (...lines: unknown[]) =>
    new File([lines.map((line) => JSON.stringify(line)).join('\n')], 'yesterday.run.gz');
  const HEADER = { format: 'switching-protocols/run', version: 1, lesson: 'polling', files: {} };
  const TOLD = {
    telemetry: [
      { type: 'run', t: 0, seq: 1, run: 7, startedAt: 5 },
      { type: 'state', t: 4, seq: 2, state: 'listening' },
    ],
  };

  it('takes the place of the run on the wire, which is stopped', async () => {
    const { api, state } = await running();
    await state().openRun(fileOf(HEADER, TOLD));
    expect(api.stop).toHaveBeenCalledOnce();
    expect(state()).toMatchObject({
      phase: 'stopped',
      pageUrl: null,
      opening: null,
      opened: { name: 'yesterday.run.gz', header: { lesson: 'polling' }, truncated: false },
      run: { number: 7, live: false },
    });
    expect(state().captureUrl()).toBeNull();
  });

  it('gives way to the next run of the lab, and not before', async () => {
    const { state, tell } = await running();
    await state().openRun(fileOf(HEADER, TOLD));
    tell({ type: 'timer', t: 90, kind: 'interval' });
    expect(state().run?.number).toBe(7);
    await state().start(SPEC);
    expect(state()).toMatchObject({ run: { number: 7 }, stale: true });
    tell({ type: 'run', t: 0, run: 2, startedAt: 9 }, { type: 'state', t: 3, state: 'listening' });
    expect(state()).toMatchObject({ run: { number: 2 }, opened: null, stale: false });
  });

  it('that is none changes nothing but says why', async () => {
    const { api, state } = await running();
    const before = state().run;
    await state().openRun(fileOf({ log: {} }));
    expect(state()).toMatchObject({ openProblem: 'foreign', opening: null, opened: null, phase: 'running' });
    expect(state().run).toBe(before);
    expect(api.stop).not.toHaveBeenCalled();
  });
});
