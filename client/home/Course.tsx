import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COURSE, findLesson, type LessonGroup } from '../../lessons/index.ts';
import { useLanguage } from '../i18n/index.ts';
import { lastPlace, progressOf, TopBar, useProgress } from '../lessons/index.ts';
import { Icon } from '../ui/index.ts';
import { BitsTitle } from './BitsTitle.tsx';
import styles from './Course.module.css';
import { CourseRow } from './CourseRow.tsx';

const GROUPS: LessonGroup[] = ['start', 'pull', 'push', 'origin', 'duplex', 'choose'];

/** The course: title, what it is for, where to begin, and the plan. */
export function Course() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  useEffect(() => {
    document.title = t('brand');
  }, [t]);

  const progress = useProgress();
  const place = lastPlace();
  const open = findLesson(place.split('/')[2]!)!;
  const begun = progress.lessons[open.id] !== undefined;
  const plan = COURSE.map((entry, order) => ({ ...entry, order }));

  return (
    <div className={styles.page}>
      <TopBar />
      <main>
        <section className={styles.hero}>
          <BitsTitle />
          <p className={styles.lead}>{t('course.lead')}</p>
          <p className={styles.next}>
            <Link href={place} className={styles.start}>
              {begun
                ? `${open.title[language]}: ${t('course.continue', { step: progressOf(progress, open.id).step })}`
                : t('course.start', { lesson: open.title[language] })}
              <Icon name="right" />
            </Link>
            <Link href="/check" className={styles.check}>
              {t('nav.check')}
            </Link>
          </p>
        </section>
        <section className={styles.plan} aria-label={t('course.list')}>
          {GROUPS.map((group) => (
            <div key={group} className={styles.group}>
              <h2>{t(`group.${group}`)}</h2>
              <ul>
                {plan
                  .filter((entry) => entry.group === group)
                  .map((entry) => (
                    <CourseRow key={entry.id} entry={entry} />
                  ))}
              </ul>
            </div>
          ))}
        </section>
      </main>
    </div>
  );
}
