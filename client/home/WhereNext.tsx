import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COURSE } from '../../lessons/index.ts';
import { useLanguage } from '../i18n/index.ts';
import { lessonOf, useProgress } from '../lessons/index.ts';
import { Icon } from '../ui/index.ts';
import { Glyph } from './glyphs/Glyph.tsx';
import { whereToGo } from './resume.ts';
import { countDone, standingOf } from './standing.ts';
import styles from './WhereNext.module.css';

/** Where the learner stopped, or begins, with the way there. */
export function WhereNext({ className }: { className: string | undefined }) {
  const { t } = useTranslation('course');
  const { language } = useLanguage();
  const taken = useProgress();
  const resume = whereToGo(COURSE, taken);
  const { why, lesson, order, step } = resume;
  const counted = countDone(COURSE, taken);
  const begun = standingOf(lesson, taken) !== 'ahead';
  const title = lessonOf(lesson.id)?.steps[step - 1]?.title[language];
  const place = { step, total: lesson.steps };
  return (
    <div className={className}>
      <p className={styles.kicker}>
        {t(`why.${why}`)}
        {why !== 'begin' && ` · ${t('doneOf', counted)}`}
      </p>
      <h2 className={styles.lesson}>
        <span className={styles.number}>{order}</span> {lesson.title[language]}
      </h2>
      <p className={styles.step}>
        {!begun
          ? t(`line.${lesson.id}`)
          : title
            ? t('place', { ...place, title })
            : t('app:reading.stepOf', place)}
      </p>
      <span className={styles.glyph}>
        <Glyph of={lesson.id} />
      </span>
      <Link href={`/lessons/${lesson.id}/${step}`} className={styles.go}>
        {t(begun ? 'continue' : 'start')}
        <Icon name="right" />
      </Link>
    </div>
  );
}
