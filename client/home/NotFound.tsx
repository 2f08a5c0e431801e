import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { lastPlace, TopBar } from '../lessons/index.ts';
import styles from './NotFound.module.css';

/** An address that leads nowhere, with the way back. */
export function NotFound() {
  const { t } = useTranslation('course');
  useEffect(() => {
    document.title = `${t('notFound.title')} · ${t('app:brand')}`;
  }, [t]);
  return (
    <div className={styles.page}>
      <TopBar />
      <main className={styles.main}>
        <p className={styles.code}>404</p>
        <h1>{t('notFound.title')}</h1>
        <p>{t('notFound.text')}</p>
        <p className={styles.ways}>
          <Link href={lastPlace()}>{t('notFound.lesson')}</Link>
          <Link href="/course">{t('notFound.course')}</Link>
        </p>
      </main>
    </div>
  );
}
