/** Every edition, every patch and every solution runs in a real browser, and is judged on the wire. */
import { describe, it, type ExpectStatic } from 'vitest';
import { verdictsOf } from '../../client/lessons/reading/verdicts.ts';
import { LESSONS } from '../../lessons/all.ts';
import type { WirePromise } from '../../lessons/contract.ts';
import { runLesson, type LessonRun, type LessonRunSpec } from '../support/lesson-run.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

/** Runs, waits for what is expected of the run, and ends it. */
async function run(spec: LessonRunSpec, expected: (run: LessonRun) => Promise<void>): Promise<void> {
  const running = await runLesson(site.url, site.browser, spec);
  try {
    await expected(running);
  } finally {
    await running.close();
  }
}

const within = { timeout: 25_000, interval: 100 };

/** Runs until every promise holds. */
async function keeps(expect: ExpectStatic, spec: LessonRunSpec, promises: WirePromise[]): Promise<void> {
  await run(spec, async (running) => {
    for (const { says, holds } of promises) {
      await expect.poll(() => holds(running.facts()), { ...within, message: says }).toBe(true);
    }
    expect(running.uncaught()).toEqual([]);
  });
}

/** Those with code; the others show something else, which has tests of its own. */
const WITH_CODE = LESSONS.filter(({ stage }) => stage === undefined);

describe.concurrent.each(WITH_CODE.map((lesson) => [lesson.id, lesson] as const))(
  'lesson %s',
  (_id, lesson) => {
    const editions = [undefined, ...(lesson.variants ?? []).map(({ id }) => id)];
    const patches = lesson.steps.flatMap((step) => step.patches ?? []);
    const challenges = lesson.steps.flatMap(({ id, challenge }) => (challenge ? [{ id, challenge }] : []));

    const profiles = lesson.profiles ?? [];

    it.for(editions)('shows on the wire what it promises (edition %s)', async (variant, { expect }) => {
      await keeps(expect, { lesson, variant }, lesson.promises[variant ?? '']!);
    });

    it.for(profiles)('shows on the wire what it promises of %s', async (profile, { expect }) => {
      await keeps(expect, { lesson, profile }, lesson.profilePromises![profile]!);
    });

    it.for(patches.map((patch) => [patch.id, patch] as const))(
      'runs with the patch %s',
      async ([, patch], { expect }) => {
        await run({ lesson, variant: patch.variant, patches: [patch] }, async (running) => {
          await expect.poll(() => running.facts().requests.length, within).toBeGreaterThan(0);
          if (patch.throws) await expect.poll(() => running.uncaught().length, within).toBeGreaterThan(0);
          else expect(running.uncaught()).toEqual([]);
        });
      },
    );

    it.for(challenges.map((each) => [each.id, each.challenge] as const))(
      'challenge %s is met by its solution and not by the untouched code',
      async ([, challenge], { expect }) => {
        const { variant, solution } = challenge;
        let took = 0;
        await run({ lesson, variant, patches: solution }, async (running) => {
          const met = () => verdictsOf(challenge, running.facts()).every((verdict) => verdict === 'met');
          await expect
            .poll(() => met() || verdictsOf(challenge, running.facts()).join(' '), within)
            .toBe(true);
          took = running.facts().now;
        });
        await run({ lesson, variant }, async (running) => {
          // As long as the solution took, in the run's own time.
          await expect.poll(() => running.facts().now, within).toBeGreaterThan(took);
          expect(verdictsOf(challenge, running.facts())).not.toEqual(challenge.goals.map(() => 'met'));
        });
      },
    );
  },
);
