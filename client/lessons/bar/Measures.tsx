import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COURSE, findLesson } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { progressOf, useProgress } from '../progress.ts';
import styles from './Measures.module.css';

/** The course as a row of bars of music, one per lesson. Lessons that are not written yet are no links. */
export function Measures({ open }: { open: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const lessons = useProgress((state) => state.lessons);
  return (
    <nav className={styles.measures} aria-label={t('nav.lessons')}>
      {COURSE.map((entry, order) => {
        const label = `${order} ${entry.title[language]}`;
        const lesson = findLesson(entry.id);
        if (!lesson) {
          return (
            <span key={entry.id} title={t('nav.planned', { lesson: label })} aria-hidden="true">
              {order}
            </span>
          );
        }
        const { step, done } = progressOf({ lessons }, lesson.id);
        return (
          <Link
            key={entry.id}
            href={`/lessons/${lesson.id}/${step}`}
            title={label}
            aria-label={label}
            aria-current={entry.id === open ? 'page' : undefined}
            data-done={done.length === lesson.steps}
          >
            {order}
          </Link>
        );
      })}
    </nav>
  );
}
