import { memo, useId, useMemo, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FrameRecord } from '../../dissect/records.ts';
import { characterAt, hexOf } from '../bytes-text.ts';
import { isWithin, type Range } from '../recorded.ts';
import { revealRow } from '../reveal.ts';
import { letterOf } from '../rows.ts';
import type { FieldFocus } from '../use-field-focus.ts';
import { counted } from '../use-meaning.ts';
import { useLow, useNarrow } from '../use-narrow.ts';
import { useWindow } from '../use-window.ts';
import { bitRow, foldedRows, keyByte, keyByteOf, ROW_BYTES, rowCount, type BitCell } from './bits.ts';
import { gridMove } from './grid-move.ts';
import { brokenPlaces, isBroken, type BrokenPlaces } from './broken.ts';
import type { FramePart } from './parts.ts';
import roles from '../roles.module.css';
import styles from './BitTable.module.css';

/** Height of a row in px. */
const ROW = { wide: 40, low: 36, narrow: 46 };
const BITS = Array.from({ length: 32 }, (_, bit) => bit);

interface BitTableProps {
  record: FrameRecord;
  parts: readonly FramePart[];
  bytes: Uint8Array;
  /** The payload without its mask. */
  plain: Uint8Array;
  unrecorded: readonly Range[];
  focus: FieldFocus;
  hotByte: number | null;
  /** The payload, byte by byte, is what it says: it is not compressed. */
  showsText: boolean;
  /** A cell was reached by keyboard or click; null when the table is left. */
  onActive: (part: number | null, byte: number | null) => void;
}

/** 32 bits a row: the header in bits, the masking key and the payload in bytes, each unmasked in its cell. */
export function BitTable(props: BitTableProps) {
  const { record, parts, bytes, plain, unrecorded, focus, hotByte, showsText, onActive } = props;
  const { t } = useTranslation('inspect');
  const id = useId();
  const [showAll, setShowAll] = useState(false);
  const [active, setActive] = useState<{ row: number; cell: number } | null>(null);
  const size = record.end - record.start;
  const rows = showAll ? rowCount(size) : foldedRows(record, size);
  const narrow = useNarrow();
  const low = useLow();
  const height = narrow ? ROW.narrow : low ? ROW.low : ROW.wide;
  const { ref, first, last } = useWindow<HTMLTableSectionElement>(rows, height);
  const broken = useMemo(() => brokenPlaces(record, parts), [record, parts]);
  const cellsOf = (row: number) => bitRow(record, parts, bytes, size, row);

  const go = (row: number, cell: number) => {
    setActive({ row, cell });
    const { part, byte } = cellsOf(row)[cell]!;
    onActive(part, byte);
    if (ref.current) revealRow(ref.current, row, height);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = gridMove(event.key, active, rows, (row) => cellsOf(row).length);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    go(next.row, next.cell);
  };

  const shown = Array.from({ length: last - first }, (_, at) => first + at);
  return (
    <>
      <table
        className={styles.table}
        style={{ '--row': `${height}px` } as CSSProperties}
        role="grid"
        tabIndex={0}
        aria-label={t('frame.table')}
        aria-rowcount={rows}
        aria-activedescendant={active ? `${id}-${active.row}-${active.cell}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={() => !active && go(0, 0)}
        onBlur={() => {
          setActive(null);
          onActive(null, null);
        }}
        onClick={({ target }) => {
          const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
          if (cell) go(Number(cell.dataset.row), Number(cell.dataset.cell));
        }}
      >
        <colgroup>
          <col className={styles.offsetColumn} />
          <col span={32} className={styles.bitColumn} />
        </colgroup>
        <thead aria-hidden="true">
          <tr>
            <td />
            {BITS.map((bit) => (
              <td key={bit} className={bit % 4 === 0 ? undefined : bit % 2 === 0 ? styles.minor : styles.odd}>
                {bit}
              </td>
            ))}
          </tr>
        </thead>
        <tbody ref={ref}>
          {first > 0 && <Spacer rows={first} height={height} />}
          {shown.map((row) => (
            <Row
              key={row}
              {...{ record, parts, bytes, plain, unrecorded, size, row, broken, showsText, id }}
              hot={focus.hot}
              hotByte={hotByte}
              active={active?.row === row ? active.cell : null}
            />
          ))}
          {last < rows && <Spacer rows={rows - last} height={height} />}
        </tbody>
      </table>
      {rows < rowCount(size) && (
        <p className={styles.folded}>
          <span>{t('panel.folded', { ...counted(size - rows * ROW_BYTES) })}</span>
          <button type="button" onClick={() => setShowAll(true)}>
            {t('panel.showAll')}
          </button>
        </p>
      )}
    </>
  );
}

/** Rows that are not drawn. */
function Spacer({ rows, height }: { rows: number; height: number }) {
  return (
    <tr aria-hidden="true" style={{ height: rows * height }}>
      <td colSpan={33} />
    </tr>
  );
}

type RowProps = Pick<
  BitTableProps,
  'record' | 'parts' | 'bytes' | 'plain' | 'unrecorded' | 'showsText' | 'hotByte'
> & {
  size: number;
  row: number;
  broken: BrokenPlaces;
  id: string;
  hot: number | null;
  /** The cell that the keyboard is on. */
  active: number | null;
};

const Row = memo(
  function Row(props: RowProps) {
    const { record, parts, bytes, size, row, hot, hotByte, active, broken, unrecorded, id } = props;
    const { t } = useTranslation('inspect');
    const from = row * ROW_BYTES;
    const to = Math.min(size, from + ROW_BYTES) - 1;
    const cells = bitRow(record, parts, bytes, size, row);
    return (
      <tr aria-rowindex={row + 1}>
        <th scope="row">
          {from === to ? from : `${from}–${to}`}
          <span className={styles.spoken}>{t('frame.bytesOf')}</span>
        </th>
        {cells.map((cell, index) => {
          const isRecorded = !isWithin(unrecorded, cell.byte);
          const className = [
            styles[cell.shows],
            isRecorded ? roles[parts[cell.part]?.role ?? 'data'] : styles.unrecorded,
            cell.byte !== cells[index - 1]?.byte && styles.byteStart,
            cell.part === hot && styles.hot,
            isBroken(broken, cell) && styles.broken,
            isLit(record, cell, hotByte) && styles.lit,
            index === active && styles.active,
          ];
          return (
            <td
              key={index}
              id={`${id}-${row}-${index}`}
              colSpan={cell.columns}
              className={className.filter(Boolean).join(' ')}
              data-field={cell.part}
              data-byte={cell.byte}
              data-row={row}
              data-cell={index}
            >
              {isRecorded ? <Cell {...props} cell={cell} /> : <span>{t('frame.unrecorded')}</span>}
            </td>
          );
        })}
      </tr>
    );
  },
  // What is lit concerns few rows; the others need no new drawing.
  (before, after) =>
    before.row === after.row &&
    before.record === after.record &&
    before.bytes === after.bytes &&
    before.parts === after.parts &&
    before.active === after.active &&
    before.hot === after.hot &&
    litIn(before) === litIn(after),
);

/** What of a row is lit by the byte that is pointed at. */
function litIn({ record, hotByte, row }: RowProps): number | null {
  if (hotByte === null) return null;
  const isHeader = row * ROW_BYTES < record.headerLength;
  return isHeader || Math.floor(hotByte / ROW_BYTES) === row ? hotByte : null;
}

/** A byte lights itself and the byte of the key that it meets. */
function isLit(record: FrameRecord, { shows, byte }: BitCell, hotByte: number | null): boolean {
  if (hotByte === null || hotByte < record.headerLength - ROW_BYTES) return false;
  if (shows === 'payload') return byte === hotByte;
  const met = keyByteOf(record, hotByte);
  return shows === 'key' && met !== null && byte === record.headerLength - ROW_BYTES + met;
}

function Cell({ cell, record, parts, bytes, plain, showsText }: RowProps & { cell: BitCell }) {
  const { t } = useTranslation('inspect');
  const part = parts[cell.part];
  const letter = cell.first ? <em>{letterOf(cell.part)}</em> : null;
  if (cell.shows === 'bits') {
    return (
      <>
        <span className={styles.digits}>
          {Array.from(cell.bits, (bit, at) => (
            <b key={at}>{bit}</b>
          ))}
        </span>
        <span className={styles.label}>
          {letter} <span className={styles.name}>{labelOf(part?.id)}</span>
        </span>
      </>
    );
  }
  const key = keyByteOf(record, cell.byte);
  if (cell.shows === 'key') {
    const index = cell.byte - (record.headerLength - ROW_BYTES);
    return (
      <>
        <b>{hexOf(keyByte(record.maskingKey!, index))}</b>
        <span className={styles.label}>
          {letter} {t('frame.key', { n: index })}
        </span>
      </>
    );
  }
  const at = cell.byte - record.headerLength;
  const isCode = part?.id === 'closeCode';
  return (
    <>
      {letter}
      <span className={styles.sum}>
        {key !== null && (
          <>
            <b>{hexOf(bytes[cell.byte] ?? 0)}</b>
            <i aria-hidden="true">⊕</i>
            <span className={styles.spoken}> XOR </span>
            <span className={styles.keyByte}>{hexOf(keyByte(record.maskingKey!, key))}</span>
            <span className={styles.turn} aria-hidden="true" />
            <i> = </i>
          </>
        )}
        <span className={key === null ? styles.plainByte : undefined}>{hexOf(plain[at] ?? 0)}</span>
        {showsText && !isCode && <strong>{characterAt(plain, at)}</strong>}
      </span>
    </>
  );

  function labelOf(id: FramePart['id'] | undefined): string {
    if (id === 'rsv') return 'RSV';
    if (id === 'opcode') return 'opcode';
    if (id === 'length') return t('frame.lengthCell', { n: (bytes[1] ?? 0) & 0x7f });
    if (id === 'extended')
      return cell.first ? t('frame.extendedCell', { ...counted(record.payloadLength) }) : '';
    return '';
  }
}
