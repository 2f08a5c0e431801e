import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LessonInfo } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Logo } from '../../ui/index.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { Measures } from './Measures.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';
import styles from './TopBar.module.css';

interface Props {
  /** The open lesson; absent on the other pages. */
  lesson?: LessonInfo;
  /** Buttons of the page, at the left and right end. */
  before?: ReactNode;
  after?: ReactNode;
}

/** The bar on top of every page: the mark, the lessons, language and theme. */
export function TopBar({ lesson, before, after }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <header className={styles.bar} data-page={lesson ? 'lesson' : 'other'}>
      {before}
      <Link href="/course" className={styles.brand} aria-label={t('brand')}>
        <Logo />
        <span className={styles.name}>
          <b>101</b> Switching Protocols
        </span>
      </Link>
      {lesson && (
        <>
          <span className={styles.here} aria-hidden="true">
            <b>{lesson.order}</b> {lesson.title[language]}
          </span>
          <Measures open={lesson.id} />
        </>
      )}
      <span className={styles.space} />
      <LanguageSwitch className={styles.language} />
      <ThemeToggle className={styles.icon} />
      {after}
    </header>
  );
}
