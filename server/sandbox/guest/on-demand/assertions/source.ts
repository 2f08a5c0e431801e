/** The text of the call that failed, as the learner wrote it: `assert(req.ok)`. */
import { sourceOf } from '../../files.ts';
import { callSite } from '../../positions.ts';

export function argumentText(above: { readonly name: string }): string | undefined {
  const at = callSite(above);
  const text = at && sourceOf(at.file);
  if (!at || text === undefined) return undefined;
  const lines = text.split('\n').slice(at.line - 1);
  const rest = lines.join('\n');
  const start = rest.lastIndexOf('assert', Math.min(at.column - 1 + 6, rest.length));
  if (start < 0) return undefined;
  const end = closingOf(rest, rest.indexOf('(', start));
  return end < 0
    ? undefined
    : `The expression evaluated to a falsy value:\n\n  ${rest.slice(start, end + 1)}\n`;
}

/** Where the parenthesis at `open` closes; quotes inside are skipped. */
function closingOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at >= 0 && at < text.length; at++) {
    const character = text[at]!;
    if (character === '(') depth += 1;
    else if (character === ')' && --depth === 0) return at;
    else if (`'"\``.includes(character)) {
      at = text.indexOf(character, at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}
