import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { EmulatedBadge } from './EmulatedBadge.tsx';
import { Page } from './Page.tsx';
import styles from './Stage.module.css';

/**
 * The learner's page, or why there is none. Stays mounted while other panes are shown: the page runs as
 * long as its frame exists.
 */
export function Stage() {
  const { t } = useTranslation('lab');
  const url = useLab((lab) => lab.pageUrl);
  const profile = useLab((lab) => lab.profile);
  const over = useLab((lab) => lab.phase === 'stopped' || lab.phase === 'failed');
  const silentSeconds = useLab((lab) => lab.pageSilentMs && Math.floor(lab.pageSilentMs / 1000));

  return (
    <div className={styles.stage}>
      {profile && <EmulatedBadge profile={profile} />}
      {url ? (
        <Page key={url} url={url} title={t('page.title')} />
      ) : (
        <p className={styles.notice}>{t(over ? 'page.stopped' : 'page.none')}</p>
      )}
      {silentSeconds !== null && (
        <p className={styles.silent}>{t('page.silent', { seconds: silentSeconds })}</p>
      )}
    </div>
  );
}
