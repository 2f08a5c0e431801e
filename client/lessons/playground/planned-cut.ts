/** The cut that "Try it" asks for in the next run. */
import { useLab } from '../../lab/index.ts';

/** What is cut has been there for this long, ms: on a slow machine the page comes late. */
const SETTLED_MS = 1_500;
/** Lessons say something every second: later by whole seconds, the cut comes at the same place between two messages. */
const STEP_MS = 1_000;

/**
 * When to cut, in lab time.
 *
 * @param at When the lesson wants it.
 * @param since When the first answer was with the page.
 */
export function dueOf(at: number, since: number): number {
  const late = Math.max(0, since + SETTLED_MS - at);
  return at + Math.ceil(late / STEP_MS) * STEP_MS;
}

/** Plans it for the run that was just started, as soon as an answer is with the page. */
export function planCut(at: number): void {
  const { startedAt } = useLab.getState();
  const end = useLab.subscribe(({ startedAt: begun, run, stale, cut }) => {
    if (begun !== startedAt) return end();
    if (stale || !run || run.totals.arrivedDown === 0) return;
    end();
    void cut({ mode: 'reset', at: dueOf(at, run.end) });
  });
}
