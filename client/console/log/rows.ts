/**
 * What the console lists: the rows that pass the filter, and the stretches without a record, on one clock.
 *
 * In: `console` and `gaps` of a run, the filter. Out: list items; rows keep their identity.
 */
import type { ConsoleRow, Gap } from '../../capture/run.ts';
import { plainText } from './arguments.ts';

export interface ConsoleFilter {
  text: string;
  side: 'both' | 'client' | 'server';
  /** `problems`: warnings and errors only. */
  level: 'all' | 'problems' | 'errors';
}

export const NO_FILTER: ConsoleFilter = { text: '', side: 'both', level: 'all' };

export type ConsoleItem = { id: string; t: number; row: ConsoleRow } | { id: string; t: number; gap: Gap };

/** True when the filter hides nothing. */
function isOpen(filter: ConsoleFilter): boolean {
  return filter.text.trim() === '' && filter.side === 'both' && filter.level === 'all';
}

/**
 * Rows and gaps in the order of time. Gaps pass every filter: what was hidden in one is unknown.
 * Bytes that were not recorded are no gap here, since no printed line is missing.
 */
export function consoleItems(rows: ConsoleRow[], gaps: Gap[], filter: ConsoleFilter): ConsoleItem[] {
  const shown = isOpen(filter) ? rows : rows.filter((row) => passes(row, filter));
  const holes = gaps.filter((gap) => gap.reason !== 'bytes-not-recorded').sort((a, b) => a.from - b.from);
  const items: ConsoleItem[] = [];
  let next = 0;
  for (const row of shown) {
    while (next < holes.length && holes[next]!.from <= row.t) items.push(gapItem(holes[next++]!));
    items.push({ id: row.id, t: row.t, row });
  }
  while (next < holes.length) items.push(gapItem(holes[next++]!));
  return items;
}

function gapItem(gap: Gap): ConsoleItem {
  return { id: `gap-${gap.reason}-${gap.from}`, t: gap.from, gap };
}

function passes(row: ConsoleRow, filter: ConsoleFilter): boolean {
  if (filter.side !== 'both' && row.side !== filter.side) return false;
  if (filter.level === 'errors' && row.level !== 'error') return false;
  if (filter.level === 'problems' && row.level !== 'error' && row.level !== 'warn') return false;
  const wanted = filter.text.trim().toLowerCase();
  return wanted === '' || textOf(row).includes(wanted);
}

const texts = new WeakMap<ConsoleRow, string>();

/** Lower-case text of a row, made once: a filter of 10,000 rows runs on each of their arrivals. */
function textOf(row: ConsoleRow): string {
  let text = texts.get(row);
  if (text === undefined) {
    const place = row.at ? ` ${row.at.file}:${row.at.line}` : '';
    text = `${plainText(row.values)} ${row.error?.message ?? ''}${place}`.toLowerCase();
    texts.set(row, text);
  }
  return text;
}
