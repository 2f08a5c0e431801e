/** Accessibility rules, run in the page. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Every violation as one line: rule, selector, what is wrong. */
export async function violationsIn(page: Page): Promise<string[]> {
  // Through the debugger, not a script element: the page's CSP stays as it is.
  await page.evaluate(axe.source);
  const results = await page.evaluate(async (tags) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    return inPage.run(document, { runOnly: tags, iframes: false });
  }, WCAG_22_AA);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replaceAll('\n', ' ')}`,
    ),
  );
}
