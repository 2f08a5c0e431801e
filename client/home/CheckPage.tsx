import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { loadPlaygroundTexts } from '../i18n/index.ts';
import { TopBar } from '../lessons/index.ts';
import styles from './CheckPage.module.css';

const Check = lazy(async () => {
  const [{ SelfCheck }] = await Promise.all([import('../console/index.ts'), loadPlaygroundTexts()]);
  // `SelfCheck` is lazy itself, and one lazy component cannot be the answer of another.
  return { default: () => <SelfCheck /> };
});

/** The page that says which link between browser and lab is broken. */
export function CheckPage() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${t('nav.check')} · ${t('brand')}`;
  }, [t]);
  return (
    <div className={styles.page}>
      <TopBar />
      <Suspense>
        <Check />
      </Suspense>
    </div>
  );
}
