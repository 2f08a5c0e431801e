import { describe, expect, it } from 'vitest';
import type { ConsoleRow, Gap } from '../../capture/run.ts';
import { consoleItems, NO_FILTER, type ConsoleFilter } from './rows.ts';

const row = (t: number, text: string, rest: Partial<ConsoleRow> = {}): ConsoleRow => ({
  id: `r${t}`,
  t,
  side: 'client',
  level: 'log',
  values: [{ kind: 'string', text }],
  ...rest,
});
const rows = [
  row(10, 'Open'),
  row(20, 'GET /messages', { side: 'server' }),
  row(30, 'slow', { level: 'warn', at: { file: 'client.js', line: 7, column: 1 } }),
  row(40, 'broken', { level: 'error', side: 'server' }),
];
const ids = (filter: Partial<ConsoleFilter>, gaps: Gap[] = []) =>
  consoleItems(rows, gaps, { ...NO_FILTER, ...filter }).map((item) => item.id);

describe('consoleItems', () => {
  it('lists every row without a filter', () => {
    expect(ids({})).toEqual(['r10', 'r20', 'r30', 'r40']);
  });

  it('filters by text in any case, also by the place that printed', () => {
    expect(ids({ text: ' open ' })).toEqual(['r10']);
    expect(ids({ text: 'client.js:7' })).toEqual(['r30']);
  });

  it('filters by side and by level together', () => {
    expect(ids({ side: 'server' })).toEqual(['r20', 'r40']);
    expect(ids({ level: 'problems' })).toEqual(['r30', 'r40']);
    expect(ids({ level: 'errors', side: 'client' })).toEqual([]);
  });

  it('puts gaps at their time, also when the filter hides the rows around them', () => {
    const gaps: Gap[] = [
      { from: 50, to: null, reason: 'telemetry-lost' },
      { from: 25, to: 28, reason: 'events-dropped', events: 3 },
    ];
    expect(ids({}, gaps)).toEqual([
      'r10',
      'r20',
      'gap-events-dropped-25',
      'r30',
      'r40',
      'gap-telemetry-lost-50',
    ]);
    expect(ids({ text: 'nothing like it' }, gaps)).toEqual([
      'gap-events-dropped-25',
      'gap-telemetry-lost-50',
    ]);
  });

  it('shows no gap where only bytes were not recorded', () => {
    expect(ids({}, [{ from: 5, to: 6, reason: 'bytes-not-recorded', connection: 1 }])).toHaveLength(4);
  });
});
