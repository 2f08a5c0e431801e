import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import type { ReportedError, SourcePosition } from '#protocol/errors';
import { useLab } from '../lab/index.ts';
import { LabClock } from './LabClock.tsx';
import { gapTime } from './log/times.ts';
import { stateView } from './state-words.ts';
import styles from './Transport.module.css';

interface StateLineProps {
  onOpenPosition: (position: SourcePosition) => void;
  /** For the bar at the bottom of a phone: with the clock, short words, targets of 44 px. */
  compact?: boolean;
}

/** A dot and words: what the lab does now, or the line where it went wrong. */
export function StateLine({ onOpenPosition, compact = false }: StateLineProps) {
  const { t } = useTranslation('lab');
  const shown = useLab(
    useShallow(({ phase, error, run, lostSince, opened }) =>
      stateView({ phase, error, run, lostSince, opened }),
    ),
  );
  const short = compact ? 'Short' : '';
  return (
    <div className={compact ? `${styles.state} ${styles.stateTall}` : styles.state}>
      <span className={styles.led} data-tone={shown.tone} />
      {compact && <LabClock />}
      {'error' in shown ? (
        <ErrorWords error={shown.error} onOpenPosition={onOpenPosition} compact={compact} />
      ) : (
        <span
          className={shown.tone === 'bad' ? `${styles.words} ${styles.bad}` : styles.words}
          title={'name' in shown ? shown.name : undefined}
        >
          {'since' in shown && shown.since !== undefined
            ? t(`${shown.key}${short}`, { since: gapTime(shown.since) })
            : t(`${shown.key}${short}`, 'count' in shown ? { count: shown.count } : {})}
        </span>
      )}
    </div>
  );
}

function ErrorWords({ error, onOpenPosition, compact }: StateLineProps & { error: ReportedError }) {
  const { t } = useTranslation(['lab', 'errors']);
  const { at } = error;
  if (!at) {
    const text = t(`errors:${error.code}`, { ...error.params });
    return (
      <span className={`${styles.words} ${styles.bad}`} title={error.message || text}>
        {text}
      </span>
    );
  }
  return (
    <>
      <button type="button" className={styles.place} onClick={() => onOpenPosition(at)}>
        {t('position', { file: at.file, line: at.line })}
      </button>
      {!compact && (
        <code className={`${styles.words} ${styles.bad}`} title={error.message}>
          {error.message}
        </code>
      )}
    </>
  );
}
