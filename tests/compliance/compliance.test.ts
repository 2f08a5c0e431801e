/**
 * Programs that run in real Node and in a lab: the bytes, the order of events and the printed lines
 * must be the same. What differs is listed in `differences.ts`, with the reason; a listed difference
 * that has gone fails here too.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPool } from '../../server/sandbox/contract.ts';
import { testPool } from '../../server/sandbox/test-support.ts';
import { DIFFERENCES } from './differences.ts';
import { runInLab } from './in-lab.ts';
import { runInNode } from './in-node.ts';
import type { Outcome, Program } from './program.ts';
import { topics } from './programs/index.ts';

let pool: SandboxPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

async function both(program: Program): Promise<{ node: Outcome; lab: Outcome }> {
  // Each waits a little for what the other has said already.
  let heard = 0;
  const enough = (lines: string[]): boolean => {
    heard = Math.max(heard, lines.length);
    return lines.length >= heard;
  };
  const [node, lab] = await Promise.all([runInNode(program, enough), runInLab(pool, program, enough)]);
  return { node, lab };
}

const all = Object.values(topics).flat();

describe.each(Object.entries(topics))('%s', (_topic, programs) => {
  it.each(programs.filter(({ title }) => !(title in DIFFERENCES)))('$title', async (program) => {
    const { node, lab } = await both(program);
    expect(lab).toEqual(node);
  });
});

describe('differences', () => {
  const listed = all.filter(({ title }) => title in DIFFERENCES);
  it.each(listed)('remain: $title', async (program) => {
    const { node, lab } = await both(program);
    expect(lab, 'This difference has gone: take it off the list.').not.toEqual(node);
  });

  it('are of programs that exist, each with a reason', () => {
    expect(
      Object.keys(DIFFERENCES).filter((title) => !all.some((program) => program.title === title)),
    ).toEqual([]);
    expect(Object.values(DIFFERENCES).filter((reason) => reason.length < 20)).toEqual([]);
  });
});

it('compares at least 150 programs, each under its own title', () => {
  expect(all.length).toBeGreaterThanOrEqual(150);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
});
