import { useTranslation } from 'react-i18next';
import { useLab } from '../../lab/index.ts';
import { Cut } from './Cut.tsx';
import { Latency } from './Latency.tsx';
import { nextLatency } from './latency.ts';
import styles from './NetworkControls.module.css';
import { Proxy } from './Proxy.tsx';

/** Sets the delay to the next preset; for the keys `[` (-1) and `]` (1). */
export function stepLatency(direction: 1 | -1): void {
  const { conditions, setConditions } = useLab.getState();
  const latencyMs = nextLatency(conditions.latencyMs, direction);
  if (latencyMs !== conditions.latencyMs) void setConditions({ latencyMs });
}

/** The network between both ends, and scissors. `compact` is the row of a phone, 44 px high. */
export function NetworkControls({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation('lab');
  return (
    <div
      className={compact ? `${styles.net} ${styles.compact}` : styles.net}
      role="group"
      aria-label={t('net.label')}
    >
      <Latency />
      <Proxy />
      <Cut compact={compact} />
    </div>
  );
}
