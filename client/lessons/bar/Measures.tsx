import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COURSE } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { progressOf, useProgress } from '../progress.ts';
import styles from './Measures.module.css';

/** The course as a row of bars of music, one per lesson. */
export function Measures({ open }: { open: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const lessons = useProgress((state) => state.lessons);
  return (
    <nav className={styles.measures} aria-label={t('nav.lessons')}>
      {COURSE.map((entry, order) => {
        const label = `${order} ${entry.title[language]}`;
        const { step, done } = progressOf({ lessons }, entry.id);
        return (
          <Link
            key={entry.id}
            href={`/lessons/${entry.id}/${step}`}
            title={label}
            aria-label={label}
            aria-current={entry.id === open ? 'page' : undefined}
            data-done={done.length === entry.steps}
          >
            {order}
          </Link>
        );
      })}
    </nav>
  );
}
