import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { TopBar } from '../lessons/index.ts';
import styles from './Course.module.css';
import { CourseMap } from './CourseMap.tsx';
import { Hero } from './Hero.tsx';

/** The home of the course: what it is, where to go on, and the map of all lessons. */
export function Course() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('brand');
  }, [t]);
  return (
    <div className={styles.page}>
      <TopBar />
      <main className={styles.main}>
        <Hero />
        <CourseMap />
      </main>
    </div>
  );
}
