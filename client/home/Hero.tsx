import { useTranslation } from 'react-i18next';
import { BitsTitle } from './BitsTitle.tsx';
import styles from './Hero.module.css';
import { Teach } from './Teach.tsx';
import { WhereNext } from './WhereNext.tsx';

/** What this is, where to go on, and what a teacher finds here. */
export function Hero() {
  const { t } = useTranslation('course');
  return (
    <section className={styles.hero}>
      <div className={styles.about}>
        <BitsTitle />
        <p className={styles.lead}>{t('lead')}</p>
        <p className={styles.story}>{t('story')}</p>
      </div>
      <WhereNext className={styles.column} />
      <Teach className={styles.column} />
    </section>
  );
}
