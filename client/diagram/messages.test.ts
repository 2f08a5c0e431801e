import { describe, expect, it } from 'vitest';
import { pollingRun } from './fixtures/polling-run.ts';
import { sseRun, webSocketRun } from './fixtures/runs.ts';
import type { ContentRecord } from '../dissect/records.ts';
import { heldFor, lastCutOf, messageOf, titleOf, titleOfContent } from './messages.ts';

const run = pollingRun({ polls: 3 });
const ids = [...run.messages].map(({ id }) => id);

describe('a message', () => {
  it('is called by its start line', () => {
    expect(titleOf(run.messages.at(0)!)).toEqual({ long: 'GET /messages', short: 'GET' });
    expect(titleOf(run.messages.at(1)!)).toEqual({ long: '200 OK', short: '200' });
  });

  it('in a stream is called by what it carries', () => {
    const titles = [...sseRun().messages].map((message) => titleOf(message).long);
    expect(titles.slice(0, 4)).toEqual(['GET /events', '200 OK', 'tick 1', 'tick 2']);
  });

  it('in frames is called by its opcode or its text', () => {
    const titles = [...webSocketRun(6_000).messages].map((message) => titleOf(message).long);
    expect(titles).toContain('{"x":9,"y":7}');
    expect(titles.filter((title) => !title.startsWith('{')).slice(2)).toEqual([
      'ping',
      'pong',
      'text',
      'between',
      'second half',
      'close 1000',
      'close 1000',
    ]);
  });

  it('that calls a function is called by its name, in short without the objects that lead to it', () => {
    const call = { kind: 'script-call', callee: 'parent.show' } as ContentRecord;
    expect(titleOfContent(call)).toEqual({ long: 'parent.show(…)', short: 'show(…)' });
  });

  it('was held from its arrival to the first byte of its answer', () => {
    expect(heldFor(run, messageOf(run, ids[0])!)).toBeCloseTo(2);
    expect(heldFor(run, messageOf(run, ids[1])!)).toBeNull();
  });
});

describe('the last cut', () => {
  const connection = { port: 8080, opened: 0 };

  it('is a reset or a silence, whichever came later, and no other end', () => {
    const reset = { ...connection, id: 1, ended: { t: 5, by: 'cut' as const } };
    const silent = { ...connection, id: 2, silentSince: 7 };
    const left = { ...connection, id: 3, ended: { t: 9, by: 'browser' as const } };
    expect(lastCutOf([left])).toBeNull();
    expect(lastCutOf([reset, left])).toEqual({ mode: 'reset', t: 5 });
    expect(lastCutOf([silent, reset, left])).toEqual({ mode: 'silence', t: 7 });
    // What a silence left open was reset in the end.
    expect(lastCutOf([{ ...silent, ended: { t: 8, by: 'cut' } }])).toEqual({ mode: 'reset', t: 8 });
  });
});
