import { UNIMPAIRED } from '#protocol/telemetry';
import { describe, expect, it } from 'vitest';
import { NO_MESSAGES, NO_WORDS, totalsOf } from '../capture/index.ts';
import type { Run } from '../capture/run.ts';
import { canCut, canStop, stateView } from './state-words.ts';

const run = (rest: Partial<Run> = {}): Run => ({
  number: 1,
  startedAt: 0,
  state: 'listening',
  ports: [],
  conditions: UNIMPAIRED,
  end: 0,
  live: true,
  connections: [
    { id: 1, port: 8080, opened: 1, ended: { t: 2, by: 'cut' } },
    { id: 2, port: 8080, opened: 3 },
  ],
  messages: NO_MESSAGES,
  totals: totalsOf([]),
  jsEvents: NO_WORDS,
  serverEvents: NO_WORDS,
  deliveries: [],
  console: [],
  consoleForgotten: 0,
  gaps: [],
  clock: { errorMs: 1 },
  ...rest,
});
const lab = { phase: 'running', error: null, run: run(), stale: false, lostSince: null } as const;

describe('the state line', () => {
  it('counts the connections that are open', () => {
    expect(stateView(lab)).toEqual({ tone: 'ok', key: 'state.running', count: 1 });
  });

  it('says when the code runs without a port', () => {
    expect(stateView({ ...lab, run: run({ state: 'running' }) })).toMatchObject({ key: 'state.noPort' });
  });

  it('carries the error of a failed run, and says so when there is none', () => {
    const error = { code: 'SYNTAX_ERROR', message: 'Unexpected token' } as const;
    expect(stateView({ ...lab, phase: 'failed', error })).toEqual({ tone: 'bad', error });
    expect(stateView({ ...lab, phase: 'failed' })).toEqual({ tone: 'bad', key: 'state.failed' });
  });

  it('tells since when there is no record', () => {
    expect(stateView({ ...lab, phase: 'unreachable', lostSince: 4200 })).toMatchObject({ since: 4200 });
    expect(stateView({ ...lab, phase: 'unreachable' })).toMatchObject({ key: 'state.unreachable' });
  });
});

describe('Stop and Cut', () => {
  it('can stop what starts, runs, or runs unseen', () => {
    expect(
      (['starting', 'running', 'unreachable'] as const).map((phase) => canStop({ ...lab, phase })),
    ).toEqual([true, true, true]);
    expect(canStop({ ...lab, phase: 'unreachable', run: null })).toBe(false);
    expect((['idle', 'stopped', 'failed'] as const).some((phase) => canStop({ ...lab, phase }))).toBe(false);
  });

  it('can cut only an open connection of the present run', () => {
    expect(canCut(lab)).toBe(true);
    expect(canCut({ ...lab, stale: true })).toBe(false);
    expect(canCut({ ...lab, phase: 'stopped' })).toBe(false);
    expect(canCut({ ...lab, run: run({ connections: [] }) })).toBe(false);
  });
});
