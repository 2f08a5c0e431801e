/** The self-check as plain text, to be sent to whoever runs the server. */
import type { CheckResult } from './checks.ts';

export interface ReportWords {
  title: string;
  /** ISO 8601. */
  time: string;
  origin: string;
  browser: string;
  name(result: CheckResult): string;
  status(result: CheckResult): string;
  /** What was found and what to do; empty when there is nothing to say. */
  words(result: CheckResult): string;
}

export function reportText(results: CheckResult[], words: ReportWords): string {
  const lines = [words.title, words.time, words.origin, words.browser, ''];
  results.forEach((result, index) => {
    const ms = result.ms === undefined ? '' : `, ${Math.round(result.ms)} ms`;
    lines.push(`${index + 1}. ${words.name(result)}: ${words.status(result)}${ms}`);
    const said = words.words(result);
    if (said) lines.push(`   ${said}`);
    if (result.finding && !result.finding.ok && result.finding.detail)
      lines.push(`   (${result.finding.detail})`);
  });
  return `${lines.join('\n')}\n`;
}
