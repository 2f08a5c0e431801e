import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourcePosition } from '#protocol/errors';
import { useLab } from '../lab/index.ts';
import { ToolIcon } from '../ui/index.ts';
import { LabClock } from './LabClock.tsx';
import { RunButton } from './RunButton.tsx';
import { StateLine } from './StateLine.tsx';
import { canStop } from './state-words.ts';
import styles from './Transport.module.css';

interface TransportProps {
  onRun: () => void;
  onStop: () => void;
  onOpenPosition: (position: SourcePosition) => void;
  /** Controls of the view (pause, follow, zoom), at the right end. */
  children?: ReactNode;
}

/** The bar between the editors and the wire, 44 px high. */
export function Transport({ onRun, onStop, onOpenPosition, children }: TransportProps) {
  const { t } = useTranslation('lab');
  return (
    <div className={styles.transport} role="group" aria-label={t('transport.label')}>
      <RunButton onRun={onRun} />
      <StopButton onStop={onStop} />
      <LabClock />
      <StateLine onOpenPosition={onOpenPosition} />
      <PhaseAnnouncer />
      <div className={styles.view}>{children}</div>
    </div>
  );
}

/** `aria-disabled`, not `disabled`: the keyboard focus stays where it was when the run ends. */
export function StopButton({ onStop, compact = false }: { onStop: () => void; compact?: boolean }) {
  const { t } = useTranslation('lab');
  const able = useLab(canStop);
  return (
    <button
      type="button"
      className={compact ? `${styles.button} ${styles.tallButton}` : styles.button}
      aria-disabled={!able}
      onClick={able ? onStop : undefined}
      aria-keyshortcuts="Control+. Meta+."
      title={t('transport.stopTitle')}
    >
      <ToolIcon name="stop" />
      <span className={styles.fold}>{t('transport.stop')}</span>
    </button>
  );
}

/** Says the phase once when it changes; failures are announced by `LabNotice`. */
function PhaseAnnouncer() {
  const { t } = useTranslation('lab');
  const phase = useLab((lab) => lab.phase);
  const spoken = phase === 'starting' || phase === 'running' || phase === 'stopped';
  return (
    <span className={styles.hidden} role="status">
      {spoken && t(`phase.${phase}`)}
    </span>
  );
}
