import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { BrowserSelect, type BrowserChoice } from './BrowserSelect.tsx';
import { EmulatedBadge } from './EmulatedBadge.tsx';
import { Page } from './Page.tsx';
import styles from './Stage.module.css';

export interface StageProps {
  /** Pages side by side, each of a document among the files; one, of index.html, when absent. */
  pages?: readonly { name: string; file: string }[];
  /** False for a page that the server code sends itself: there is no runtime in it. */
  isRecorded: boolean;
  /** Given where the learner chooses the browser that the page is in. */
  browser?: BrowserChoice;
}

/**
 * The learner's pages, or why there are none. Stays mounted while other panes are shown: a page runs as
 * long as its frame exists.
 */
export function Stage({ pages, isRecorded, browser }: StageProps) {
  const { t } = useTranslation('lab');
  const url = useLab((lab) => lab.pageUrl);
  const profile = useLab((lab) => lab.profile);
  const hasRun = useLab((lab) => lab.phase !== 'idle');
  const over = useLab((lab) => lab.phase === 'stopped' || lab.phase === 'failed');
  const silentSeconds = useLab((lab) => lab.pageSilentMs && Math.floor(lab.pageSilentMs / 1000));

  return (
    <div className={styles.stage}>
      {(browser || profile) && (
        <div className={styles.bar}>
          {browser && <BrowserSelect choice={browser} isPending={hasRun && browser.chosen !== profile} />}
          {profile && <EmulatedBadge profile={profile} />}
        </div>
      )}
      {!url && <p className={styles.notice}>{t(over ? 'page.stopped' : 'page.none')}</p>}
      {url && !pages && <Page key={url} url={url} title={t('page.title')} isRecorded={isRecorded} />}
      {url && pages && (
        <div className={styles.pages}>
          {pages.map(({ name, file }) => (
            <section key={name} className={styles.named} aria-label={t('page.named', { name })}>
              <h3 className={styles.name}>{t('page.named', { name })}</h3>
              <Page
                key={url}
                url={addressOf(file, url)}
                title={t('page.named', { name })}
                name={name}
                isRecorded={isRecorded}
              />
            </section>
          ))}
        </div>
      )}
      {silentSeconds !== null && (
        <p className={styles.silent}>{t('page.silent', { seconds: silentSeconds })}</p>
      )}
      {url && !isRecorded && <p className={styles.unrecorded}>{t('page.unrecorded')}</p>}
    </div>
  );
}

/** The lab serves its files beside its page. */
function addressOf(file: string, url: string): string {
  return file === 'index.html' ? url : new URL(encodeURI(file), url).href;
}
