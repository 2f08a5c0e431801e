import { useTranslation } from 'react-i18next';
import { useFiles } from './files-store.ts';
import styles from './CodePane.module.css';

/** Another tab's edit has replaced this one's, or the other way round: both texts are still there. */
export function ConflictNotice({ file }: { file: string }) {
  const { t, i18n } = useTranslation('editor');
  const copy = useFiles((state) => state.conflicts.find((each) => each.file === file));
  const { takeConflict, dismissConflict } = useFiles.getState();
  if (!copy) return null;
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' }).format(copy.at);
  return (
    <p className={styles['notice']} role="status">
      {t('conflict.text', { time })}{' '}
      <button type="button" className={styles['action']} onClick={() => takeConflict(copy.id)}>
        {t('conflict.take')}
      </button>{' '}
      <button type="button" className={styles['action']} onClick={() => dismissConflict(copy.id)}>
        {t('conflict.dismiss')}
      </button>
    </p>
  );
}
