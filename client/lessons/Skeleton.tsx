import { useTranslation } from 'react-i18next';
import styles from './playground/Stage.module.css';

/** The lines of the playground before it is there: same places, nothing in them. */
export function Skeleton({ stage }: { stage: 'playground' | 'race' }) {
  const { t } = useTranslation();
  if (stage === 'race') return <section aria-busy="true" aria-label={t('panes.race')} />;
  return (
    <section className={styles.stage} aria-busy="true" aria-label={t('stage.loading')}>
      <div className={styles.editors}>
        <div className={styles.client} data-empty />
        <div data-empty />
      </div>
      <div className={styles.below}>
        <div className={styles.transportRow} data-empty />
        <div className={styles.band} data-empty />
        <div className={styles.metricsRow} data-empty />
        <div className={styles.bottom} data-empty />
      </div>
      <div className={styles.phoneBar} />
    </section>
  );
}
