import { describe, expect, it } from 'vitest';
import { pollingRun } from './fixtures/polling-run.ts';
import { heldFor, messageOf, neighbour, titleOf } from './messages.ts';

const run = pollingRun({ polls: 3 });
const ids = [...run.messages].map(({ id }) => id);
const step = (from: string | null, way: Parameters<typeof neighbour>[2]) =>
  neighbour(run, from, way)?.id ?? null;

describe('stepping along the wire', () => {
  it('goes to the previous and next message in the order of the wire', () => {
    expect(step(ids[1]!, 'next')).toBe(ids[2]);
    expect(step(ids[1]!, 'previous')).toBe(ids[0]);
    expect(step(ids[0]!, 'previous')).toBeNull();
    expect(step(ids.at(-1)!, 'next')).toBeNull();
  });

  it('goes from a request to its response and back', () => {
    expect(step(ids[2]!, 'response')).toBe(ids[3]);
    expect(step(ids[3]!, 'request')).toBe(ids[2]);
    expect(step(ids[2]!, 'request')).toBeNull();
  });

  it('starts with the newest when nothing is followed', () => {
    expect(step(null, 'previous')).toBe(ids.at(-1));
    expect(step(null, 'first')).toBe(ids[0]);
  });
});

describe('a message', () => {
  it('is called by its start line', () => {
    expect(titleOf(run.messages.at(0)!)).toEqual({ long: 'GET /messages', short: 'GET' });
    expect(titleOf(run.messages.at(1)!)).toEqual({ long: '200 OK', short: '200' });
  });

  it('was held from its arrival to the first byte of its answer', () => {
    expect(heldFor(run, messageOf(run, ids[0])!)).toBeCloseTo(2);
    expect(heldFor(run, messageOf(run, ids[1])!)).toBeNull();
  });
});
