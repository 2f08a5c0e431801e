import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourcePosition } from '#protocol/errors';
import type { ConsoleRow, Gap } from '../../capture/run.ts';
import { engineSaysAll } from '../../i18n/index.ts';
import { excerptOf, type LineOf } from '../excerpt.ts';
import { ExcerptView } from '../ExcerptView.tsx';
import { printedParts } from './arguments.ts';
import { gapTime, rowTime } from './times.ts';
import { LongText, ValueView } from './ValueView.tsx';
import styles from './ConsolePane.module.css';

interface RowViewProps {
  row: ConsoleRow;
  /** It belongs to the message that is followed everywhere. */
  marked: boolean;
  /** It is the list's one stop of the Tab key. */
  current: boolean;
  lineOf: LineOf;
  onOpenPosition: (position: SourcePosition) => void;
}

/** One printed line. Rows keep their identity between snapshots, so each is rendered once. */
export const RowView = memo(function RowView(props: RowViewProps) {
  const { row, marked, current, lineOf, onOpenPosition } = props;
  const { t } = useTranslation('lab');
  const at = row.error?.at ?? row.at;
  const excerpt = at && row.uncaught ? excerptOf(at, row.error, lineOf) : null;
  const loud = row.level === 'error' || row.level === 'warn';
  return (
    <li
      className={marked ? `${styles.row} ${styles.marked}` : styles.row}
      data-level={row.level}
      data-row={row.id}
      data-message={row.message}
      tabIndex={current ? 0 : -1}
      aria-current={marked || undefined}
    >
      <span className={styles.time}>{rowTime(row.t)}</span>
      <span className={styles[row.side]}>{row.side}</span>
      <div className={styles.text}>
        {loud && <span className={styles.hidden}>{t(`console.level.${row.level}`)}: </span>}
        {row.error ? <ErrorText row={row} /> : <Printed row={row} />}
      </div>
      {at && <Place at={at} exact={row.uncaught} onOpenPosition={onOpenPosition} />}
      {excerpt && <ExcerptView excerpt={excerpt} />}
    </li>
  );
});

function Printed({ row }: { row: ConsoleRow }) {
  return printedParts(row.values).map((part, index) =>
    'text' in part ? <LongText key={index} text={part.text} /> : <ValueView key={index} value={part.value} />,
  );
}

function ErrorText({ row }: { row: ConsoleRow }) {
  const { t } = useTranslation(['lab', 'errors']);
  const { error } = row;
  if (!error) return null;
  const words = engineSaysAll(error) ? '' : t(`errors:${error.code}`, { ...error.params });
  return <LongText text={[words, error.message].filter(Boolean).join(' ')} />;
}

interface PlaceProps extends Pick<RowViewProps, 'onOpenPosition'> {
  at: SourcePosition;
  /** The column is worth naming too. */
  exact?: boolean;
}

/** `server.js:7`; opens the line in the editor. */
function Place({ at, exact, onOpenPosition }: PlaceProps) {
  const { t } = useTranslation('lab');
  return (
    <button
      type="button"
      className={exact ? `${styles.place} ${styles.exact}` : styles.place}
      onClick={() => onOpenPosition(at)}
      title={t('position', { file: at.file, line: at.line })}
    >
      {at.file}:{at.line}
      {exact && `:${at.column}`}
    </button>
  );
}

/** A stretch in which lines may have been printed that nobody recorded. */
export const GapView = memo(function GapView({ gap }: { gap: Gap }) {
  const { t } = useTranslation('lab');
  const from = gapTime(gap.from);
  return (
    <li className={`${styles.row} ${styles.gap}`}>
      {gap.to === null ? t('console.gapOpen', { from }) : t('console.gap', { from, to: gapTime(gap.to) })}
    </li>
  );
});
