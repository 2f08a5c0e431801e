import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COURSE, type LessonInfo } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Icon } from '../../ui/index.ts';
import styles from './ReadingNav.module.css';

interface Props {
  lesson: LessonInfo;
  step: number;
  className?: string | undefined;
}

interface Target {
  href: string;
  /** Of a step of this lesson. */
  number?: number;
  text: string;
}

/** To the step before and the step after; from the last to the next lesson; beyond the ends, to the course. */
export function ReadingNav({ lesson, step, className }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const stepAt = (n: number): Target | undefined => {
    const info = lesson.steps[n - 1];
    return info && { href: `/lessons/${lesson.id}/${n}`, number: n, text: info.title[language] };
  };
  const course: Target = { href: '/course', text: t('nav.course') };
  const follower = COURSE[lesson.order + 1];
  const nextLesson: Target | undefined = follower && {
    href: `/lessons/${follower.id}/1`,
    text: t('nav.nextLesson', { lesson: follower.title[language] }),
  };
  const previous = stepAt(step - 1) ?? course;
  const next = stepAt(step + 1) ?? nextLesson ?? course;
  return (
    <nav className={className ? `${styles.nav} ${className}` : styles.nav} aria-label={t('reading.steps')}>
      <Link href={previous.href} className={styles.link} rel="prev">
        <Icon name="left" />
        <span className={styles.text}>
          {previous.number && <span className={styles.number}>{previous.number}</span>} {previous.text}
        </span>
      </Link>
      <Link href={next.href} className={styles.link} rel="next">
        <span className={styles.text}>
          {next.number && <span className={styles.number}>{next.number}</span>} {next.text}
        </span>
        <Icon name="right" />
      </Link>
    </nav>
  );
}
