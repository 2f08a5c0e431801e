import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field, WireRecord } from '../dissect/records.ts';
import { characterAt, hexOf, offsetText } from './bytes-text.ts';
import { isWithin, type Range } from './recorded.ts';
import { fieldAt, letterOf, type HexRow } from './rows.ts';
import { counted } from './use-meaning.ts';
import { useWindow } from './use-window.ts';
import roles from './roles.module.css';
import styles from './HexBlock.module.css';

interface HexBlockProps {
  record: WireRecord;
  /** Of the record. */
  fields: readonly Field[];
  bytes: Uint8Array;
  unrecorded: readonly Range[];
  rows: readonly HexRow[];
  columns: number;
  /** In px. */
  rowHeight: number;
  /** The field that has the letter a. */
  firstField: number;
  hot: number | null;
  onShowAll: () => void;
}

/** Rows of bytes; of a long message only those that can be seen. */
export function HexBlock({
  rows,
  rowHeight,
  columns,
  record,
  fields,
  hot,
  onShowAll,
  ...rest
}: HexBlockProps) {
  const { ref, first, last } = useWindow<HTMLDivElement>(rows.length, rowHeight);
  const malformed = useMemo(() => new Set(record.malformed.map(({ offset }) => offset)), [record]);
  return (
    <div
      ref={ref}
      className={columns === 14 ? `${styles.block} ${styles.narrow}` : styles.block}
      style={{ paddingTop: first * rowHeight, paddingBottom: (rows.length - last) * rowHeight }}
    >
      {rows
        .slice(first, last)
        .map((row) =>
          row.type === 'bytes' ? (
            <BytesRow
              key={row.from}
              row={row}
              fields={fields}
              malformed={malformed}
              hot={hotIn(row, fields, hot)}
              {...rest}
            />
          ) : (
            <GapRow key={row.from} row={row} onShowAll={onShowAll} />
          ),
        )}
    </div>
  );
}

/** The lit field if it has bytes in this row: other rows need no new drawing. */
function hotIn(row: HexRow, fields: readonly Field[], hot: number | null): number | null {
  const field = hot === null ? undefined : fields[hot];
  return field && field.start < row.to && field.end > row.from ? hot : null;
}

interface BytesRowProps {
  row: HexRow;
  fields: readonly Field[];
  bytes: Uint8Array;
  unrecorded: readonly Range[];
  malformed: ReadonlySet<number>;
  firstField: number;
  hot: number | null;
}

const BytesRow = memo(function BytesRow({
  row,
  fields,
  bytes,
  unrecorded,
  malformed,
  firstField,
  hot,
}: BytesRowProps) {
  const cells = [];
  for (let at = row.from; at < row.to; at++) {
    const index = fieldAt(fields, at);
    const field = fields[index];
    const isFirst = field?.start === at;
    const isRecorded = !isWithin(unrecorded, at);
    const className = [
      styles.cell,
      field && isRecorded && roles[field.role],
      !isRecorded && styles.unrecorded,
      isFirst && styles.first,
      index === hot && styles.hot,
      malformed.has(at) && styles.bad,
    ];
    cells.push(
      <span
        key={at}
        className={className.filter(Boolean).join(' ')}
        data-field={index < 0 ? undefined : index}
      >
        {isFirst && <em>{letterOf(index - firstField)}</em>}
        <b>{isRecorded ? hexOf(bytes[at] ?? 0) : ''}</b>
        <s>{isRecorded ? characterAt(bytes, at) : ''}</s>
      </span>,
    );
  }
  // What the bytes mean is said by the lists; two signs a byte would only be noise to listen to.
  return (
    <div className={styles.row} aria-hidden="true">
      <span className={styles.offset}>{offsetText(row.from)}</span>
      {cells}
    </div>
  );
});

function GapRow({ row, onShowAll }: { row: HexRow; onShowAll: () => void }) {
  const { t } = useTranslation('inspect');
  const isFolded = row.type === 'folded';
  return (
    <div className={`${styles.row} ${styles.gapRow}`}>
      <span className={styles.offset}>{offsetText(row.from)}</span>
      <span className={isFolded ? styles.folded : `${styles.folded} ${styles.unrecorded}`}>
        <span>{t(isFolded ? 'panel.folded' : 'panel.notRecorded', { ...counted(row.to - row.from) })}</span>
        {isFolded && (
          <button type="button" onClick={onShowAll}>
            {t('panel.showAll')}
          </button>
        )}
      </span>
    </div>
  );
}
