import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { ToolIcon } from '../ui/index.ts';
import styles from './Transport.module.css';

/** Learners read their own keyboard: Apple's has a Command key, the others do not. */
const APPLE = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

interface RunButtonProps {
  onRun: () => void;
  /** For the bar at the bottom of a phone: 48 px high, no key hint. */
  compact?: boolean;
}

export function RunButton({ onRun, compact = false }: RunButtonProps) {
  const { t } = useTranslation('lab');
  const again = useLab((lab) => lab.phase !== 'idle' || lab.run !== null);
  return (
    <button
      type="button"
      className={compact ? `${styles.run} ${styles.tall}` : styles.run}
      onClick={onRun}
      aria-keyshortcuts="Control+Enter Meta+Enter"
    >
      <ToolIcon name="run" />
      {t(again && !compact ? 'transport.again' : 'transport.run')}
      {!compact && <kbd aria-hidden="true">{APPLE ? '⌘↵' : 'Ctrl ↵'}</kbd>}
    </button>
  );
}
