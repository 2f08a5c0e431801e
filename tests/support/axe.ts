/** Accessibility rules, run in the page. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Every violation as one line: rule, selector, what is wrong.
 *
 * @param within Selector of the part that is looked at; the whole page without one.
 */
export async function violationsIn(page: Page, within?: string): Promise<string[]> {
  // Through the debugger, not a script element: the page's CSP stays as it is. Once for a document: it is 0.5 MB.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const results = await page.evaluate(
    async ([tags, part]) => {
      const { axe: inPage } = window as unknown as { axe: typeof axe };
      return inPage.run(part ?? document, { runOnly: tags, iframes: false });
    },
    [WCAG_22_AA, within] as const,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replaceAll('\n', ' ')}`,
    ),
  );
}
