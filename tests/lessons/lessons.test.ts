/** Every edition, every patch and every solution runs in a real browser, and is judged on the wire. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { verdictsOf } from '../../client/lessons/reading/verdicts.ts';
import { LESSONS } from '../../lessons/all.ts';
import { profileOf, type LessonInfo, type LessonPatch } from '../../lessons/contract.ts';
import { launchBrowser } from '../support/browser.ts';
import { filesOf, runLesson, type LessonRun } from '../support/lesson-run.ts';
import { type App, startApp } from '../support/server.ts';

let app: App;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

/** Runs, waits for what is expected of the run, and ends it. */
async function run(
  lesson: LessonInfo,
  variant: string | undefined,
  patches: readonly LessonPatch[],
  expected: (run: LessonRun) => Promise<void>,
): Promise<void> {
  const running = await runLesson(
    app.url,
    browser,
    lesson,
    filesOf(lesson, variant, patches),
    profileOf(lesson, variant),
  );
  try {
    await expected(running);
  } finally {
    await running.close();
  }
}

const within = { timeout: 25_000, interval: 100 };

describe.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('lesson %s', (_id, lesson) => {
  const editions = [undefined, ...(lesson.variants ?? []).map(({ id }) => id)];
  const patches = lesson.steps.flatMap((step) => step.patches ?? []);
  const challenges = lesson.steps.flatMap(({ id, challenge }) => (challenge ? [{ id, challenge }] : []));

  it.concurrent.for(editions)(
    'shows on the wire what it promises (edition %s)',
    async (variant, { expect }) => {
      await run(lesson, variant, [], async (running) => {
        for (const { says, holds } of lesson.promises[variant ?? '']!) {
          await expect.poll(() => holds(running.facts()), { ...within, message: says }).toBe(true);
        }
        expect(running.uncaught()).toEqual([]);
      });
    },
  );

  it.concurrent.for(patches.map((patch) => [patch.id, patch] as const))(
    'runs with the patch %s',
    async ([, patch], { expect }) => {
      await run(lesson, patch.variant, [patch], async (running) => {
        await expect.poll(() => running.facts().requests.length, within).toBeGreaterThan(0);
        if (patch.throws) await expect.poll(() => running.uncaught().length, within).toBeGreaterThan(0);
        else expect(running.uncaught()).toEqual([]);
      });
    },
  );

  it.concurrent.for(challenges.map((each) => [each.id, each.challenge] as const))(
    'challenge %s is met by its solution and not by the untouched code',
    async ([, challenge], { expect }) => {
      let took = 0;
      await run(lesson, challenge.variant, challenge.solution, async (running) => {
        const met = () => verdictsOf(challenge, running.facts()).every((verdict) => verdict === 'met');
        await expect.poll(() => met() || verdictsOf(challenge, running.facts()).join(' '), within).toBe(true);
        took = running.facts().now;
      });
      await run(lesson, challenge.variant, [], async (running) => {
        // As long as the solution took, in the run's own time.
        await expect.poll(() => running.facts().now, within).toBeGreaterThan(took);
        expect(verdictsOf(challenge, running.facts())).not.toEqual(challenge.goals.map(() => 'met'));
      });
    },
  );
});
