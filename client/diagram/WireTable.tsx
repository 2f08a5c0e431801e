import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run, WireMessage } from '../capture/run.ts';
import { useLab } from '../lab/index.ts';
import { count, milliseconds, seconds } from './format.ts';
import { heldFor, sizeOf, titleOf } from './messages.ts';
import styles from './WireTable.module.css';

interface Props {
  run: Run;
  height: number;
  /** Without a limit of rows: for printing. */
  all: boolean;
  onInspect(): void;
}

/** A table of more rows is slow to draw while a run goes on; the rest is one press away. */
const ROWS_AT_FIRST = 1_000;
const COLUMNS = [
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

/** The twin of the picture: the same messages in the same order. */
export function WireTable({ run, height, all, onInspect }: Props) {
  const { t } = useTranslation('wire');
  const selected = useLab((lab) => lab.selection?.message);
  const [unlimited, setUnlimited] = useState(false);
  const rows = run.messages.slice(all || unlimited ? 0 : -ROWS_AT_FIRST);
  const hidden = run.messages.length - rows.length;
  return (
    <div
      className={styles.frame}
      style={all ? undefined : { height }}
      role="region"
      aria-label={t('table.label')}
      tabIndex={0}
    >
      <table className={styles.table}>
        <caption className={styles.caption}>{t('table.caption', { count: run.messages.length })}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hidden > 0 && (
            <tr>
              <td colSpan={COLUMNS.length}>
                <button type="button" className={styles.more} onClick={() => setUnlimited(true)}>
                  {t('table.showAll', { count: run.messages.length })}
                </button>
              </td>
            </tr>
          )}
          {rows.map((message) => (
            <Row
              key={message.id}
              message={message}
              held={heldFor(run, message)}
              selected={message.id === selected}
              onInspect={onInspect}
            />
          ))}
        </tbody>
      </table>
      {run.messages.length === 0 && <p className={styles.nothing}>{t('empty.title')}</p>}
    </div>
  );
}

interface RowProps {
  message: WireMessage;
  held: number | null;
  selected: boolean;
  onInspect(): void;
}

const Row = memo(function Row({ message, held, selected, onInspect }: RowProps) {
  const { t } = useTranslation('wire');
  const select = () => useLab.getState().select({ message: message.id });
  const arrived =
    message.arrived === null
      ? t(message.lost ? 'table.lost' : 'table.underWay')
      : seconds(message.arrived, 3);
  return (
    <tr className={selected ? styles.selected : undefined} onClick={select} onDoubleClick={onInspect}>
      <td>
        <button type="button" className={styles.pick} aria-pressed={selected} onClick={select}>
          <span className={styles.heard}>{t('table.select')} </span>
          {message.number}
        </button>
      </td>
      <td className={message.direction === 'up' ? styles.up : styles.down}>
        {t(message.direction === 'up' ? 'table.up' : 'table.down')}
      </td>
      <td>
        <code>{titleOf(message).long}</code>
      </td>
      <td>{message.connection}</td>
      <td>{seconds(message.sent, 3)}</td>
      <td>{arrived}</td>
      <td>{count(sizeOf(message))}</td>
      <td>{held === null ? '' : milliseconds(held)}</td>
      <td>{message.handled === null ? '' : seconds(message.handled, 3)}</td>
    </tr>
  );
});
