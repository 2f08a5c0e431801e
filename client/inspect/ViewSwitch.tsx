import { useTranslation } from 'react-i18next';
import styles from './TitleRow.module.css';

export type View = 'lines' | 'hex';

/** Chooses between the head line by line and all bytes in hex. */
export function ViewSwitch({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { t } = useTranslation('inspect');
  return (
    <div className={styles.views} role="group" aria-label={t('panel.view')}>
      {(['lines', 'hex'] as const).map((each) => (
        <button key={each} type="button" aria-pressed={view === each} onClick={() => onView(each)}>
          {t(`panel.${each}`)}
        </button>
      ))}
    </div>
  );
}
