import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { speakerOf } from '../capture/index.ts';
import type { Run, WireMessage } from '../capture/run.ts';
import { useLab } from '../lab/index.ts';
import { count, milliseconds, seconds } from './format.ts';
import { carriedBy, heldFor, proxyTimes, sizeOf, titleOf } from './messages.ts';
import styles from './WireTable.module.css';

interface Props {
  run: Run;
  height: number;
  /** All rows at once: for printing. */
  all: boolean;
  onInspect(): void;
}

const TIMES = [
  'number',
  'direction',
  'what',
  'connection',
  'sent',
  'arrived',
  'bytes',
  'held',
  'handled',
] as const;
type Column = (typeof TIMES)[number] | 'proxy' | 'carries';

/** What a proxy did is told where there is one. */
function columnsOf({ conditions }: Run): Column[] {
  return [...TIMES, ...(conditions.proxy === 'direct' ? [] : ['proxy' as const]), 'carries'];
}

const ROW_PX = 27;
/** Where a finger points, a row is as high as its button. */
const COARSE_ROW_PX = 47;
const rowHeight = () => (matchMedia('(pointer: coarse)').matches ? COARSE_ROW_PX : ROW_PX);
/** So few are all there at once: the browser's own search finds them. */
const FEW_ROWS = 200;
const ROWS_BEYOND = 12;
/** Paper takes no more; what is left out is counted. */
const MOST_PRINTED = 5_000;

/** The twin of the picture: the same messages in the same order, however many. */
export function WireTable({ run, height, all, onInspect }: Props) {
  const { t } = useTranslation('wire');
  const selected = useLab((lab) => lab.selection?.message);
  const frame = useRef<HTMLDivElement>(null);
  const { messages } = run;
  const columns = columnsOf(run);
  const rows = useRows(frame, run, selected);
  const shown = all
    ? { from: Math.max(0, messages.length - MOST_PRINTED), to: messages.length, before: 0, after: 0 }
    : rows;
  const left = all ? shown.from : 0;
  return (
    <div
      ref={frame}
      className={styles.frame}
      style={all ? undefined : { height }}
      role="region"
      aria-label={t('table.label')}
      tabIndex={0}
    >
      <table
        className={styles.table}
        aria-rowcount={messages.length + 1}
        data-proxy={columns.includes('proxy')}
      >
        <caption className={styles.caption}>{t('table.caption', { count: messages.length })}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column} className={styles[column]} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {left > 0 && (
            <tr className={styles.space}>
              <td colSpan={columns.length}>{t('table.leftOut', { count: left })}</td>
            </tr>
          )}
          {shown.before > 0 && <Space height={shown.before} columns={columns.length} />}
          {messages.slice(shown.from, shown.to).map((message, index) => (
            <Row
              key={message.id}
              message={message}
              index={shown.from + index}
              held={heldFor(run, message)}
              selected={message.id === selected}
              atProxy={columns.includes('proxy')}
              onInspect={onInspect}
            />
          ))}
          {shown.after > 0 && <Space height={shown.after} columns={columns.length} />}
        </tbody>
      </table>
      {messages.length === 0 && <p className={styles.nothing}>{t('empty.title')}</p>}
    </div>
  );
}

/** Stands for the rows above or below. */
function Space({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden="true" className={styles.space} style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );
}

/** The rows in the window, and the height of those above and below it. */
function useRows(frame: React.RefObject<HTMLDivElement | null>, run: Run, selected: string | undefined) {
  const { messages, live } = run;
  const length = messages.length;
  // The rule is for React's compiler, which does not run here; what the hook returns is used at once.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight(),
    overscan: length <= FEW_ROWS ? FEW_ROWS : ROWS_BEYOND,
    initialRect: { width: 0, height: ROW_PX * 10 },
  });
  const isAtEnd = useRef(live);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [frame, length]);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onScroll = () => {
      isAtEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_PX;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [frame]);
  const place = selected === undefined ? -1 : messages.indexOf(selected);
  useEffect(() => {
    if (place < 0) return;
    isAtEnd.current = false;
    virtual.scrollToIndex(place, { align: 'auto' });
  }, [place, virtual]);

  const items = virtual.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  return {
    from: first?.index ?? 0,
    to: last ? last.index + 1 : 0,
    before: first?.start ?? 0,
    after: virtual.getTotalSize() - (last?.end ?? 0),
  };
}

interface RowProps {
  message: WireMessage;
  index: number;
  held: number | null;
  selected: boolean;
  /** There is a column for the proxy's times. */
  atProxy: boolean;
  onInspect(): void;
}

const Row = memo(function Row({ message, index, held, selected, atProxy, onInspect }: RowProps) {
  const { t } = useTranslation('wire');
  const select = () => useLab.getState().select({ message: message.id });
  const arrived =
    message.arrived === null
      ? t(message.lost ? 'table.lost' : 'table.underWay')
      : seconds(message.arrived, 3);
  const proxy = proxyTimes(message);
  const speaker = speakerOf(message);
  const what = titleOf(message).long;
  const carries = [...(message.unasked ? [t('table.unasked')] : []), ...carriedBy(message)].join(', ');
  return (
    <tr
      aria-rowindex={index + 2}
      className={selected ? styles.selected : undefined}
      onClick={select}
      onDoubleClick={onInspect}
    >
      <td>
        <button type="button" className={styles.pick} aria-pressed={selected} onClick={select}>
          <span className={styles.heard}>{t('table.select')} </span>
          {message.number}
        </button>
      </td>
      <td className={styles[speaker]}>{t(`table.from.${speaker}`)}</td>
      <td title={what}>
        <code className={message.part === null ? undefined : styles.part}>{what}</code>
      </td>
      <td>{message.connection}</td>
      <td>{seconds(message.sent, 3)}</td>
      <td>{arrived}</td>
      <td>{count(sizeOf(message))}</td>
      <td>{held === null ? '' : milliseconds(held)}</td>
      <td>{message.handled === null ? '' : seconds(message.handled, 3)}</td>
      {atProxy && (
        <td>
          {proxy &&
            `${seconds(proxy.reached, 3)} – ${proxy.left === null ? t('table.heldThere') : seconds(proxy.left, 3)}`}
        </td>
      )}
      <td title={carries}>{carries}</td>
    </tr>
  );
});
