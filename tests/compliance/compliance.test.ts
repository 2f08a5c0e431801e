/**
 * Programs that run in real Node and in a lab: the bytes, the order of events and the printed lines
 * must be the same. What differs is listed in `differences.ts`, with the reason; a listed difference
 * that has gone fails here too.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPool } from '../../server/sandbox/contract.ts';
import { testPool } from '../../server/sandbox/test-support.ts';
import { DIFFERENCES, isComparable } from './differences.ts';
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
  const node = await runInNode(program);
  return { node, lab: await runInLab(pool, program, node.lines.length) };
}

/**
 * Node and the lab each race real timers and sockets; on a loaded machine one of them may be overtaken
 * once. A real difference is there both times.
 */
const ONCE_MORE = { retry: 1 };

const all = Object.values(topics).flat();

describe.each(Object.entries(topics))('%s', (_topic, programs) => {
  it.concurrent.for(programs.filter(({ title }) => !(title in DIFFERENCES) && isComparable(title)))(
    '$title',
    ONCE_MORE,
    async (program, { expect }) => {
      const { node, lab } = await both(program);
      expect(lab).toEqual(node);
    },
  );
});

describe('differences', () => {
  const listed = all.filter(({ title }) => title in DIFFERENCES && isComparable(title));
  it.concurrent.for(listed)('remain: $title', ONCE_MORE, async (program, { expect }) => {
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
