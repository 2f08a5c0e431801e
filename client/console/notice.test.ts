import { describe, expect, it } from 'vitest';
import type { Run } from '../capture/run.ts';
import { noticeKey, noticeOf } from './notice.ts';

const error = { code: 'LOOP_STOPPED', message: 'interrupted' } as const;
const quiet = {
  phase: 'running',
  error: null,
  run: null,
  stale: false,
  pageSilentMs: null,
  lostSince: null,
} as const;

describe('noticeOf', () => {
  it('says nothing while all is well', () => {
    expect(noticeOf(quiet)).toBeNull();
    expect(noticeOf({ ...quiet, phase: 'stopped', error })).toBeNull();
  });

  it('puts a lost server before an error, and an error before a silent page', () => {
    const all = { ...quiet, error, pageSilentMs: 3000, lostSince: 4200 };
    expect(noticeOf({ ...all, phase: 'unreachable' })).toEqual({ kind: 'unreachable', since: 4200 });
    expect(noticeOf({ ...all, phase: 'failed' })).toEqual({ kind: 'failed', error });
    expect(noticeOf({ ...all, phase: 'running' })).toEqual({ kind: 'silent', forMs: 3000 });
  });

  it('leaves to the wire what ended a run, and says what kept one from beginning', () => {
    const failed = { ...quiet, phase: 'failed', error } as const;
    const run = {} as Run;
    expect(noticeOf({ ...failed, run })).toBeNull();
    expect(noticeOf({ ...failed, run, stale: true })).toEqual({ kind: 'failed', error });
  });

  it('speaks of a silent page only while the lab runs', () => {
    expect(noticeOf({ ...quiet, phase: 'stopped', pageSilentMs: 9000 })).toBeNull();
  });
});

describe('noticeKey', () => {
  it('stays the same while a page is silent longer, and differs between two errors', () => {
    expect(noticeKey({ kind: 'silent', forMs: 3000 })).toBe(noticeKey({ kind: 'silent', forMs: 9000 }));
    expect(noticeKey({ kind: 'failed', error })).not.toBe(noticeKey({ kind: 'failed', error: { ...error } }));
  });
});
