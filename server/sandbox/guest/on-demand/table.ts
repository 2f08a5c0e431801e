/** The text of `console.table`: rows and columns in boxes, as Node draws them. */
import { inspect } from '../inspect.ts';

const cellText = (value: unknown): string =>
  inspect(value, {
    maxArrayLength: 3,
    breakLength: Infinity,
    depth:
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 2
        ? -1
        : 0,
  });

/** Undefined for what is no table: it is printed as any value. */
export function tableText(data: unknown, properties?: string[]): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const isMap = data instanceof Map;
  const isSet = data instanceof Set;
  const indexHead = isMap || isSet ? '(iteration index)' : '(index)';
  const rows: [string, unknown][] = isMap
    ? [...data.entries()].map(([, value], index) => [String(index), value])
    : isSet
      ? [...data].map((value, index) => [String(index), value])
      : Object.keys(data).map((key) => [key, (data as Record<string, unknown>)[key]]);
  const columns = new Map<string, string[]>();
  const values: string[] = [];
  let hasValues = false;
  rows.forEach(([, row], at) => {
    const isPlain = row === null || (typeof row !== 'object' && typeof row !== 'function');
    if (isPlain) {
      values[at] = cellText(row);
      hasValues = true;
      return;
    }
    for (const key of properties ?? Object.keys(row as object)) {
      const column = columns.get(key) ?? [];
      columns.set(key, column);
      if (Object.hasOwn(row as object, key)) column[at] = cellText((row as Record<string, unknown>)[key]);
    }
  });
  if (isMap) {
    const keys = [...data.keys()].map(cellText);
    return draw(
      [indexHead, 'Key', 'Values'],
      [rows.map(([index]) => index), keys, [...data.values()].map(cellText)],
    );
  }
  const heads = [indexHead, ...columns.keys(), ...(hasValues ? ['Values'] : [])];
  return draw(heads, [rows.map(([index]) => index), ...columns.values(), ...(hasValues ? [values] : [])]);
}

/** Columns on the screen: East Asian characters take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of inspectPlain(text)) {
    const code = character.codePointAt(0)!;
    width +=
      code >= 0x1100 &&
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
// eslint-disable-next-line no-control-regex -- the escape character begins a colour
const inspectPlain = (text: string): string => text.replace(/\u001b\[\d+m/g, '');

function draw(heads: string[], columns: string[][]): string {
  const count = columns[0]?.length ?? 0;
  const widths = heads.map((head, at) => {
    let width = widthOf(head);
    for (let row = 0; row < count; row++) width = Math.max(width, widthOf(columns[at]![row] ?? ''));
    return width + 2;
  });
  const line = (cells: string[]): string =>
    `│${cells.map((cell, at) => ` ${cell}${' '.repeat(Math.max(0, widths[at]! - widthOf(cell) - 1))}`).join('│')}│`;
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const rows = Array.from({ length: count }, (_, row) => line(columns.map((column) => column[row] ?? '')));
  return [rule('┌', '┬', '┐'), line(heads), rule('├', '┼', '┤'), ...rows, rule('└', '┴', '┘')].join('\n');
}
