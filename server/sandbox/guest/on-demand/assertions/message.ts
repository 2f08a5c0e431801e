/** What a failed comparison says: both values, line by line. */
import { inspect } from '../../inspect.ts';

const KINDS: Record<string, string> = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
};

const shown = (value: unknown): string =>
  inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
    breakLength: Infinity,
  });

/** Two short values stand beside each other; longer ones are compared line by line. */
export function difference(actual: unknown, expected: unknown, operator: string): string {
  const [one, two] = [shown(actual), shown(expected)];
  const [lines, wanted] = [one.split('\n'), two.split('\n')];
  const isSimple = (value: unknown): boolean =>
    (typeof value !== 'object' || value === null) && typeof value !== 'function';
  if (lines.length === 1 && wanted.length === 1 && one !== two) {
    const length = one.length + two.length;
    if (isSimple(actual) && isSimple(expected) && length <= 12 && (actual !== 0 || expected !== 0))
      return `${KINDS[operator]}\n\n${one} !== ${two}\n`;
  }
  if (one === two) {
    const head =
      operator === 'strictEqual'
        ? 'Values have same structure but are not reference-equal:'
        : 'Values identical but not reference-equal:';
    return `${head}\n\n${one}\n`;
  }
  return `${KINDS[operator]}\n+ actual - expected\n\n${compared(lines, wanted).join('\n')}`;
}

/** Longest common subsequence, as lines: kept, `+` only in actual, `-` only in expected. */
function compared(actual: string[], expected: string[]): string[] {
  const best = Array.from({ length: actual.length + 1 }, () => new Uint32Array(expected.length + 1));
  const alike = (a: string, b: string): boolean => a === b || a.replace(/,$/, '') === b.replace(/,$/, '');
  for (let i = actual.length - 1; i >= 0; i--)
    for (let j = expected.length - 1; j >= 0; j--)
      best[i]![j] = alike(actual[i]!, expected[j]!)
        ? best[i + 1]![j + 1]! + 1
        : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < actual.length || j < expected.length) {
    if (i < actual.length && j < expected.length && alike(actual[i]!, expected[j]!)) {
      lines.push(`  ${actual[i]}`);
      i += 1;
      j += 1;
    } else if (i < actual.length && (j >= expected.length || best[i + 1]![j]! >= best[i]![j + 1]!)) {
      lines.push(`+ ${actual[i]}`);
      i += 1;
    } else {
      lines.push(`- ${expected[j]}`);
      j += 1;
    }
  }
  return lines;
}

export function operatorText(actual: unknown, expected: unknown, operator: string): string {
  if (operator === 'notStrictEqual' || operator === 'notDeepStrictEqual' || operator === 'notDeepEqual') {
    const text = shown(actual);
    const isShort =
      !text.includes('\n') &&
      (operator !== 'notStrictEqual' || typeof actual !== 'object' || actual === null);
    const head = KINDS[operator]!;
    return isShort ? `${head}${text.length > 5 ? '\n\n' : ' '}${text}` : `${head}\n\n${text}\n`;
  }
  if (operator === 'deepEqual')
    return `${KINDS.deepEqual}\n\n${shown(actual)}\n\nshould loosely deep-equal\n\n${shown(expected)}`;
  return `${inspect(actual)} ${operator} ${inspect(expected)}`;
}
