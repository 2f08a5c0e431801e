import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { findLesson, type CourseEntry } from '../../lessons/index.ts';
import { useLanguage } from '../i18n/index.ts';
import { progressOf, useProgress } from '../lessons/index.ts';
import { Icon } from '../ui/index.ts';
import styles from './Course.module.css';

/** One lesson of the plan: a link when it exists, its name when it does not. */
export function CourseRow({ entry }: { entry: CourseEntry & { order: number } }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const lessons = useProgress((state) => state.lessons);
  const lesson = findLesson(entry.id);
  const name = (
    <>
      <span className={styles.number}>{entry.order}</span>
      <span className={styles.name}>{entry.title[language]}</span>
    </>
  );
  if (!lesson) {
    return (
      <li className={styles.row}>
        {name}
        <span className={styles.state}>{t('course.planned')}</span>
      </li>
    );
  }
  const { step, done } = progressOf({ lessons }, lesson.id);
  const finished = done.length === lesson.steps;
  return (
    <li>
      <Link href={`/lessons/${lesson.id}/${step}`} className={styles.row}>
        {name}
        <span className={styles.state}>
          {finished ? (
            <>
              <Icon name="check" />
              {t('course.done')}
            </>
          ) : lessons[lesson.id] ? (
            t('reading.stepOf', { step, total: lesson.steps })
          ) : (
            t('course.minutes', { n: lesson.minutes })
          )}
        </span>
      </Link>
    </li>
  );
}
