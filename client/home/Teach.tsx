import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import styles from './Teach.module.css';

/** What makes the course fit for a class. Only what exists. */
export function Teach({ className }: { className: string | undefined }) {
  const { t } = useTranslation('course');
  return (
    <div className={className}>
      <p className={styles.kicker}>{t('teach.for')}</p>
      <h2 className={styles.title}>{t('teach.title')}</h2>
      <ul className={styles.list}>
        <li>{t('teach.links')}</li>
        <li>{t('teach.present')}</li>
        <li>{t('teach.offline')}</li>
        <li>{t('teach.runs')}</li>
      </ul>
      <p className={styles.ways}>
        <Link href="/check" className={styles.check}>
          {t('app:nav.check')}
        </Link>
        <Link href="/choosing" className={styles.check}>
          {t('choosing')}
        </Link>
        <Link href="/chat" className={styles.check}>
          {t('room')}
        </Link>
      </p>
    </div>
  );
}
