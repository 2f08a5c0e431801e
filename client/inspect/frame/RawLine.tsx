import { useTranslation } from 'react-i18next';
import type { FrameRecord, WebSocketMessageContent } from '../../dissect/records.ts';
import { hexOf, isBinary, visibleText } from '../bytes-text.ts';
import { isWithin, type Range } from '../recorded.ts';
import { bitRow, rowCount, type BitCell } from './bits.ts';
import type { FramePart } from './parts.ts';
import roles from '../roles.module.css';
import styles from './RawLine.module.css';

/** Bytes that are spelled; the line is one line, and the table has the rest. */
const MOST_BYTES = 28;
/** Characters of the text that is said. */
const MOST_TEXT = 200;

interface RawLineProps {
  record: FrameRecord;
  parts: readonly FramePart[];
  bytes: Uint8Array;
  /** The payload without its mask. */
  plain: Uint8Array;
  unrecorded: readonly Range[];
  content: WebSocketMessageContent | null;
  hot: number | null;
  hotByte: number | null;
}

/** The bytes as they crossed, and what they say. */
export function RawLine({ record, parts, bytes, plain, unrecorded, content, hot, hotByte }: RawLineProps) {
  const { t } = useTranslation('inspect');
  const size = record.end - record.start;
  const shown = Math.min(size, MOST_BYTES);
  const partOf = partsByByte(record, parts, bytes, shown);
  const says = saidBy(record, plain, content);
  return (
    <p className={styles.raw}>
      <span className={styles.label}>{t('frame.raw')}</span>
      <code className={styles.bytes}>
        {Array.from({ length: shown }, (_, byte) => {
          const part = partOf[byte]!;
          const classes = [
            roles[parts[part]?.role ?? 'data'],
            part === hot && styles.hot,
            byte === hotByte && styles.lit,
          ];
          return (
            <span key={byte} className={classes.filter(Boolean).join(' ')} data-field={part} data-byte={byte}>
              {isWithin(unrecorded, byte) ? '--' : hexOf(bytes[byte] ?? 0)}{' '}
            </span>
          );
        })}
        {size > shown && '…'}
      </code>
      {says !== null && (
        <>
          <span className={styles.label}>
            {t(content?.inflatedSize == null ? 'frame.says' : 'frame.inflated')}
          </span>
          <code className={`${styles.says} ${roles.data}`} title={says}>
            {says}
          </code>
        </>
      )}
    </p>
  );
}

/** The part of each of the first bytes; of the two bytes of several parts, that of the most bits. */
function partsByByte(
  record: FrameRecord,
  parts: readonly FramePart[],
  bytes: Uint8Array,
  count: number,
): number[] {
  const cells: BitCell[] = [];
  for (let row = 0; row < Math.min(rowCount(count), rowCount(bytes.length)); row++) {
    cells.push(...bitRow(record, parts, bytes, count, row));
  }
  const found: number[] = [];
  const widest: number[] = [];
  for (const { byte, columns, part } of cells) {
    for (let at = byte; at < byte + Math.max(1, columns / 8); at++) {
      if (columns < (widest[at] ?? 0)) continue;
      widest[at] = columns;
      found[at] = part;
    }
  }
  return found;
}

/** What the payload of this frame says, in one line; null where it is no text. */
function saidBy(
  { opcode, complete }: FrameRecord,
  plain: Uint8Array,
  content: WebSocketMessageContent | null,
): string | null {
  if (!content || plain.length === 0) return null;
  if (content.inflatedSize !== null) {
    return complete && content.complete && content.opcode === 1 ? short(content.text) : null;
  }
  if (opcode === 8) {
    return content.closeCode === null ? null : short(`${content.closeCode} ${content.text}`.trim());
  }
  if (content.opcode === 2 || (opcode > 8 && isBinary(plain))) return null;
  return short(visibleText(plain.subarray(0, 4 * MOST_TEXT)));
}

function short(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}
