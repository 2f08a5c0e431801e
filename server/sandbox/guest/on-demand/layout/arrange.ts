/** How `util.inspect` lays members out: in one line while they fit, lists in columns, else one per line. */
export interface Settings {
  depth: number | null;
  colors: boolean;
  compact: number | boolean;
  breakLength: number;
  maxArrayLength: number | null;
  /** Columns that everything below the current place is moved right. */
  indentation: number;
  /** Level of the object that was shown last. */
  deepest: number;
}

interface Braces {
  base: string;
  open: string;
  close: string;
  isList?: boolean;
}

/** Up to this many members a list stays as it is. */
const FEW = 6;

export function arrange(
  output: string[],
  { base, open, close, isList }: Braces,
  settings: Settings,
  level: number,
  values: unknown[] | undefined,
): string {
  const { compact, indentation } = settings;
  const before = base === '' ? '' : `${base} `;
  const newLine = `\n${' '.repeat(indentation)}`;
  if (compact === true) {
    if (fits(output, 0, settings, base))
      return `${open}${base === '' ? '' : ` ${base}`} ${output.join(', ')} ${close}`;
    return `${base === '' && open.length === 1 ? open : `${open}${base === '' ? '' : ` ${base}`}`} ${output.join(`,${newLine}  `)} ${close}`;
  }
  let lines = output;
  if (typeof compact === 'number' && compact >= 1) {
    if (isList && output.length > FEW) lines = inColumns(output, settings, compact, values);
    if (settings.deepest - level < compact && lines.length === output.length) {
      const start = output.length + indentation + open.length + base.length + 10;
      if (fits(output, start, settings, base)) {
        const joined = output.join(', ');
        if (!joined.includes('\n')) return `${before}${open} ${joined} ${close}`;
      }
    }
  }
  return `${before}${open}${newLine}  ${lines.join(`,${newLine}  `)}${newLine}${close}`;
}

function fits(output: string[], start: number, { breakLength, colors }: Settings, base: string): boolean {
  let total = output.length + start;
  if (total + output.length > breakLength) return false;
  for (const part of output) {
    total += widthOf(part, colors);
    if (total > breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

// eslint-disable-next-line no-control-regex -- the escape character begins a colour
const COLOUR = /\u001b\[\d\d?m/g;
const widthOf = (text: string, colors: boolean): number => (colors ? text.replace(COLOUR, '') : text).length;

/** Between two members: a comma and a space. */
const GAP = 2;
/** A character is about this much higher than wide; with it lists become roughly square. */
const HEIGHT = 2.5;
const MOST_COLUMNS = 15;

function inColumns(
  output: string[],
  settings: Settings,
  compact: number,
  values: unknown[] | undefined,
): string[] {
  const { breakLength, indentation, colors, maxArrayLength } = settings;
  const hasMore = (maxArrayLength ?? Infinity) < output.length;
  const count = hasMore ? output.length - 1 : output.length;
  const widths = output.slice(0, count).map((part) => widthOf(part, colors));
  const total = widths.reduce((sum, width) => sum + width + GAP, 0);
  const widest = Math.max(...widths);
  const cell = widest + GAP;
  if (cell * 3 + indentation >= breakLength || (total / cell <= 5 && widest > 6)) return output;
  const bias = Math.sqrt(cell - total / output.length);
  const biased = Math.max(cell - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(HEIGHT * biased * count) / biased),
    Math.floor((breakLength - indentation) / cell),
    compact * 4,
    MOST_COLUMNS,
  );
  if (columns <= 1) return output;
  const columnWidths = Array.from({ length: columns }, (_, column) => {
    let width = 0;
    for (let index = column; index < count; index += columns) width = Math.max(width, widths[index]!);
    return width + GAP;
  });
  // Numbers stand at the right of their column, everything else at the left.
  const right =
    values === undefined ||
    output.every((_, index) => typeof values[index] === 'number' || typeof values[index] === 'bigint');
  const rows: string[] = [];
  for (let from = 0; from < count; from += columns) {
    const to = Math.min(from + columns, count);
    let row = '';
    for (let index = from; index < to; index++) {
      const isLast = index === to - 1;
      const cellText = isLast ? output[index]! : `${output[index]}, `;
      const extra = output[index]!.length - widths[index]!;
      const width = columnWidths[index - from]! + extra;
      if (right) row += cellText.padStart(isLast ? width - GAP : width);
      else row += isLast ? cellText : cellText.padEnd(width);
    }
    rows.push(row);
  }
  if (hasMore) rows.push(output[count]!);
  return rows;
}
