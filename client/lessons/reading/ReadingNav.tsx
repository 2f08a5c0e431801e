import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LessonInfo } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Icon } from '../../ui/index.ts';
import styles from './ReadingNav.module.css';

interface Props {
  lesson: LessonInfo;
  step: number;
  className?: string | undefined;
}

/** To the step before and the step after; beyond the ends, to the course. */
export function ReadingNav({ lesson, step, className }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const target = (n: number) => {
    const info = lesson.steps[n - 1];
    return info
      ? { href: `/lessons/${lesson.id}/${n}`, number: n, text: info.title[language] }
      : { href: '/course', number: null, text: t('nav.course') };
  };
  const [previous, next] = [target(step - 1), target(step + 1)];
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
