import { useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field, WireRecord } from '../dissect/records.ts';
import { fieldItems } from './field-items.ts';
import { FieldList } from './FieldList.tsx';
import { HexBlock } from './HexBlock.tsx';
import type { Range } from './recorded.ts';
import { revealRow } from './reveal.ts';
import { hexRows } from './rows.ts';
import type { FieldFocus } from './use-field-focus.ts';
import { fieldOf } from './use-field-focus.ts';
import { useNarrow } from './use-narrow.ts';
import styles from './HexView.module.css';

/** Heights of a row in px: they are fixed, so that long lists can be drawn in part. */
const HEX_ROW = 50;
const LIST_ROW = { wide: 22, narrow: 32 };

interface HexViewProps {
  record: WireRecord;
  /** Of the record. */
  fields: readonly Field[];
  bytes: Uint8Array;
  unrecorded: readonly Range[];
  /** What is folded, if anything is. */
  fold: Range | null;
  onShowAll: () => void;
  focus: FieldFocus;
  /** The part of the message that is shown. */
  range: Range;
  /** Both sides scroll for themselves instead of with what is around them. */
  scrolls?: boolean;
  /** Stands above the bytes. */
  strip?: ReactNode;
}

/** Bytes in hex with their text, and the list of their fields. */
export function HexView(props: HexViewProps) {
  const { record, fields, bytes, unrecorded, fold, onShowAll, focus, range, scrolls, strip } = props;
  const { t } = useTranslation('inspect');
  const narrow = useNarrow();
  const hexSide = useRef<HTMLDivElement>(null);
  const listSide = useRef<HTMLDivElement>(null);
  const columns = narrow ? 14 : 16;
  const listRow = narrow ? LIST_ROW.narrow : LIST_ROW.wide;
  const { from, to } = range;
  const rows = useMemo(
    () => hexRows({ from, to }, columns, unrecorded, fold),
    // A fold is a new object in every render; its numbers say whether it is another.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [from, to, columns, unrecorded, fold?.from, fold?.to],
  );
  const items = useMemo(() => fieldItems(fields, record.malformed, { from, to }), [fields, record, from, to]);
  const firstField = items[0]?.index ?? 0;

  const revealBytes = (field: number) => {
    const start = Math.max(from, fields[field]?.start ?? 0);
    const row = rows.findIndex((each) => start >= each.from && start < each.to);
    const block = hexSide.current?.lastElementChild;
    if (row >= 0 && block instanceof HTMLElement) revealRow(block, row, HEX_ROW);
  };
  const revealItem = (field: number) => {
    const row = items.findIndex(({ index }) => index === field);
    const list = listSide.current?.firstElementChild;
    if (row >= 0 && list instanceof HTMLElement) revealRow(list, row, listRow);
  };

  return (
    <div className={scrolls ? `${styles.view} ${styles.scrolls}` : styles.view}>
      <div
        ref={hexSide}
        className={styles.hex}
        role="group"
        aria-label={t('panel.hexLabel')}
        tabIndex={scrolls ? 0 : undefined}
        onClick={(event) => {
          const field = fieldOf(event.target);
          if (field === null) return;
          focus.activate(field);
          revealItem(field);
        }}
      >
        {strip}
        <HexBlock
          {...{ record, fields, bytes, unrecorded, rows, firstField, onShowAll }}
          rowHeight={HEX_ROW}
          columns={columns}
          hot={focus.hot}
        />
      </div>
      <div ref={listSide} className={styles.list}>
        <FieldList
          {...{ fields, items, firstField, focus }}
          rowHeight={listRow}
          onReveal={(field, place) => {
            revealBytes(field);
            const list = listSide.current?.firstElementChild;
            if (list instanceof HTMLElement) revealRow(list, place, listRow);
          }}
        />
      </div>
    </div>
  );
}
