import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { MainButton } from '../ui/index.ts';

interface RunButtonProps {
  onRun: () => void;
  /** For the bar at the bottom of a phone. */
  compact?: boolean;
}

export function RunButton({ onRun, compact = false }: RunButtonProps) {
  const { t } = useTranslation('lab');
  const again = useLab((lab) => lab.phase !== 'idle' || lab.run !== null);
  return (
    <MainButton icon="run" aria-keyshortcuts="Control+Enter Meta+Enter" compact={compact} onClick={onRun}>
      {t(again && !compact ? 'transport.again' : 'transport.run')}
    </MainButton>
  );
}
