import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { attachPage, useLab } from '../lab/index.ts';
import { bridge } from './bridge.ts';
import styles from './Stage.module.css';

/**
 * What the learner's page may do. It keeps its origin (the lab's, never the app's), or its fetches
 * would be cross-origin; it cannot navigate the app away.
 */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads';

/**
 * The learner's page, or why there is none. Stays mounted while other panes are shown: the page runs as
 * long as its frame exists.
 */
export function Stage() {
  const { t } = useTranslation('lab');
  const url = useLab((lab) => lab.pageUrl);
  const over = useLab((lab) => lab.phase === 'stopped' || lab.phase === 'failed');
  const silentSeconds = useLab((lab) => lab.pageSilentMs && Math.floor(lab.pageSilentMs / 1000));

  return (
    <div className={styles.stage}>
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

function Page({ url, title }: { url: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => bridge({ frame: frame.current!, url, attach: attachPage, host: window }), [url]);
  return <iframe ref={frame} className={styles.page} src={url} title={title} sandbox={SANDBOX} />;
}
