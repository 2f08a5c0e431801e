import { useEffect, useId, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourcePosition } from '#protocol/errors';
import type { ConsoleRow, Gap } from '../../capture/run.ts';
import { useLab } from '../../lab/index.ts';
import { ToolIcon } from '../../ui/index.ts';
import type { LineOf } from '../excerpt.ts';
import { FilterBar } from './FilterBar.tsx';
import { useConsoleFilter } from './filter-store.ts';
import { useFollowedList } from './follow.ts';
import { GapView, RowView } from './RowView.tsx';
import { consoleItems } from './rows.ts';
import styles from './ConsolePane.module.css';

const NO_ROWS: ConsoleRow[] = [];
const NO_GAPS: Gap[] = [];

interface ConsolePaneProps {
  /** Lines of the files that the run on the wire was made of. */
  lineOf: LineOf;
  onOpenPosition: (position: SourcePosition) => void;
}

/** How many lines both ends printed in this run. */
export function useConsoleCount(): number {
  return useLab((lab) => lab.run?.console.length ?? 0);
}

/** What both ends printed, on one clock. Fills its container and scrolls within. */
export function ConsolePane(props: ConsolePaneProps) {
  const run = useLab((lab) => lab.run?.number);
  const cleared = useConsoleFilter((filter) => filter.cleared);
  return (
    <div className={styles.pane}>
      <FilterBar />
      {/* Another run, or an emptied list, begins at its newest line again. */}
      <ConsoleList key={`${run} ${cleared}`} {...props} />
    </div>
  );
}

function ConsoleList({ lineOf, onOpenPosition }: ConsolePaneProps) {
  const { t } = useTranslation('lab');
  const rows = useLab((lab) => lab.run?.console ?? NO_ROWS);
  const gaps = useLab((lab) => lab.run?.gaps ?? NO_GAPS);
  const selected = useLab((lab) => lab.selection?.message);
  const { text, side, level } = useConsoleFilter();
  const items = useMemo(
    () => consoleItems(rows, gaps, { text, side, level }),
    [rows, gaps, text, side, level],
  );
  const [scrollerRef, list] = useFollowedList(items);
  const { window, showMessage } = list;
  const [current, setCurrent] = useState<string | null>(null);
  const hint = useId();

  useEffect(() => {
    return useLab.subscribe(({ selection }, before) => {
      if (selection && selection.message !== before.selection?.message) showMessage(selection.message);
    });
  }, [showMessage]);

  const drawn = items.slice(window.start, window.end);
  const stop = drawn.some(({ id }) => id === current) ? current : drawn.findLast((item) => 'row' in item)?.id;

  const onClick = (event: MouseEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    // After the unfolding was drawn: only then is known whether the list scrolls.
    if (target.closest('[aria-expanded]')) requestAnimationFrame(list.hold);
    if (!target.closest('button') && getSelection()?.isCollapsed !== false) selectRow(target);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (event.key === 'Enter' && target.matches('[data-row]')) selectRow(target);
    const next = neighbour(target, event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    if (next.nextElementSibling) list.hold();
    next.focus();
  };

  return (
    <>
      <div ref={scrollerRef} className={styles.scroller} onScroll={list.onScroll}>
        {window.start > 0 && (
          <button type="button" className={styles.earlier} onClick={list.showEarlier}>
            {t('console.earlier', { count: window.start })}
          </button>
        )}
        {drawn.length === 0 && (
          <p className={styles.empty}>{t(rows.length > 0 ? 'console.noMatch' : 'console.empty')}</p>
        )}
        <ul
          className={styles.rows}
          aria-label={t('console.label')}
          aria-describedby={hint}
          onClick={onClick}
          onKeyDown={onKeyDown}
          onFocus={(event) => setCurrent(rowAt(event.target)?.dataset.row ?? null)}
        >
          {drawn.map((item) =>
            'gap' in item ? (
              <GapView key={item.id} gap={item.gap} />
            ) : (
              <RowView
                key={item.id}
                row={item.row}
                marked={selected !== undefined && item.row.message === selected}
                current={item.id === stop}
                lineOf={lineOf}
                onOpenPosition={onOpenPosition}
              />
            ),
          )}
        </ul>
      </div>
      <p id={hint} className={styles.hidden}>
        {t('console.hint')}
      </p>
      {(window.unseen > 0 || window.end < items.length) && (
        <button type="button" className={styles.newest} onClick={list.toNewest}>
          <ToolIcon name="down" />
          {window.unseen > 0 ? t('console.new', { count: window.unseen }) : t('console.newest')}
        </button>
      )}
    </>
  );
}

function rowAt(target: EventTarget): HTMLElement | null {
  return (target as HTMLElement).closest<HTMLElement>('[data-row]');
}

function selectRow(target: HTMLElement): void {
  const message = rowAt(target)?.dataset.message;
  if (message !== undefined) useLab.getState().select({ message });
}

/** The row that an arrow key leads to; Home and End lead to the first and the last one drawn. */
function neighbour(target: HTMLElement, key: string): HTMLElement | null {
  const row = rowAt(target);
  if (!row) return null;
  const rows = [...(row.parentElement?.querySelectorAll<HTMLElement>(':scope > [data-row]') ?? [])];
  const at = rows.indexOf(row);
  if (key === 'ArrowUp') return rows[at - 1] ?? null;
  if (key === 'ArrowDown') return rows[at + 1] ?? null;
  if (key === 'Home') return rows[0] ?? null;
  return key === 'End' ? (rows.at(-1) ?? null) : null;
}
