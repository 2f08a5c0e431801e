import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes, count, milliseconds } from './format.ts';
import { metricsOf } from './metrics.ts';
import { useCalmRun } from './use-calm-run.ts';
import styles from './Metrics.module.css';

/** The figures of the run under the wire; dashes before there is anything to count. */
export function Metrics() {
  const { t } = useTranslation('wire');
  const run = useCalmRun();
  const metrics = useMemo(() => (run ? metricsOf(run) : null), [run]);
  const up = metrics && bytes(metrics.bytesUp);
  const down = metrics && bytes(metrics.bytesDown);
  const overhead = metrics?.overhead ?? null;
  const delay = metrics?.medianDelay ?? null;
  return (
    <dl className={styles.metrics}>
      <Figure
        name={t('metrics.requests')}
        title={t('metrics.requestsTitle')}
        value={metrics && count(metrics.requests)}
      />
      <Figure
        name={t('metrics.open')}
        title={t('metrics.openTitle')}
        value={metrics && count(metrics.open)}
      />
      <Figure name={t('metrics.up')} title={t('metrics.upTitle')} value={up && up.amount} unit={up?.unit} />
      <Figure
        name={t('metrics.down')}
        title={t('metrics.downTitle')}
        value={down && down.amount}
        unit={down?.unit}
      />
      <Figure
        name={t('metrics.overhead')}
        title={t('metrics.overheadTitle')}
        value={overhead === null ? null : percent(overhead)}
        unit="%"
      >
        {overhead !== null && <Ratio overhead={overhead} />}
      </Figure>
      <Figure
        name={t('metrics.delivered')}
        title={t('metrics.deliveredTitle')}
        value={metrics && metrics.deliverable > 0 ? count(metrics.delivered) : null}
        unit={t('metrics.of', { total: count(metrics?.deliverable ?? 0) })}
      />
      <Figure
        name={t('metrics.delay')}
        title={t('metrics.delayTitle')}
        value={delay === null ? null : milliseconds(delay)}
        unit="ms"
      />
    </dl>
  );
}

/** Whole percents, but 100 only when nothing at all is Data. */
function percent(share: number): string {
  return String(share < 1 ? Math.min(99, Math.round(share * 100)) : 100);
}

interface FigureProps {
  name: string;
  title: string;
  value: string | null;
  unit?: string;
  children?: ReactNode;
}

function Figure({ name, title, value, unit, children }: FigureProps) {
  return (
    <div className={styles.figure} title={title}>
      <dt>{name}</dt>
      <dd>
        {value ?? '–'}
        {value !== null && unit && <small>{unit}</small>}
        {children}
      </dd>
    </div>
  );
}

/** Overhead hatched, Data solid. */
function Ratio({ overhead }: { overhead: number }) {
  return (
    <span className={styles.ratio} aria-hidden="true">
      <i style={{ flexGrow: overhead }} />
      <i className={styles.data} style={{ flexGrow: 1 - overhead }} />
    </span>
  );
}
