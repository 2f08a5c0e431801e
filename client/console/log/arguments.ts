/**
 * What one `console.*` call prints: format specifiers filled in, strings as they are.
 * WHATWG Console Standard §2.2 (Formatter), with Node's `%j`.
 */
import type { ConsoleValue } from '#protocol/console';
import { isObject, previewOf } from './preview.ts';

export type PrintedPart = { text: string } | { value: ConsoleValue };

/** The parts of a row in order. Values with entries stay values, so that they can be unfolded. */
export function printedParts(values: ConsoleValue[]): PrintedPart[] {
  const [first, ...rest] = values;
  const parts: PrintedPart[] = [];
  if (first?.kind !== 'string' || rest.length === 0) {
    values.forEach((value, i) => addValue(parts, value, i > 0));
    return parts;
  }
  let literal = '';
  let last = 0;
  for (const match of first.text.matchAll(/%[sdifjoOc%]/g)) {
    const specifier = match[0][1]!;
    if (specifier !== '%' && rest.length === 0) break;
    literal += first.text.slice(last, match.index);
    last = match.index + 2;
    if (specifier === '%') literal += '%';
    else if (specifier === 'c')
      rest.shift(); // Styling of the learner's page has no place here.
    else {
      const value = rest.shift()!;
      if (isObject(value)) {
        addText(parts, literal);
        literal = '';
        parts.push({ value });
      } else literal += 'sdif'.includes(specifier) ? numeric(specifier, value) : previewOf(value);
    }
  }
  addText(parts, literal + first.text.slice(last));
  rest.forEach((value) => addValue(parts, value, true));
  return parts;
}

/** The row as plain text: what the filter searches and what copying gives. */
export function plainText(values: ConsoleValue[]): string {
  return printedParts(values)
    .map((part) => ('text' in part ? part.text : previewOf(part.value)))
    .join('');
}

function addValue(parts: PrintedPart[], value: ConsoleValue, spaced: boolean): void {
  if (spaced) addText(parts, ' ');
  if (isObject(value)) parts.push({ value });
  else addText(parts, value.text);
}

function addText(parts: PrintedPart[], text: string): void {
  const last = parts.at(-1);
  if (last && 'text' in last) last.text += text;
  else if (text) parts.push({ text });
}

function numeric(specifier: string, value: Exclude<ConsoleValue, { entries: unknown }>): string {
  if (specifier === 's' || value.kind === 'bigint') return value.text;
  if (value.kind === 'symbol') return 'NaN';
  const number = specifier === 'f' ? Number.parseFloat(value.text) : Number(value.text);
  return String(specifier === 'i' ? Math.trunc(number) : number);
}
