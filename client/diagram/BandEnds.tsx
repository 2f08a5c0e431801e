import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './BandEnds.module.css';
import { BoundarySelect } from './BoundarySelect.tsx';
import { useWireGeometry } from './use-rails.ts';

interface Props {
  /** Its name, where a second page may have a rail of its own. */
  firstPage?: string | undefined;
  /** Old browser that the page is made to look like. */
  emulated?: string | undefined;
  /** What is drawn in the server's lane. */
  serverLane?: string;
  /** Stands between the rails: the network. */
  children: ReactNode;
}

/** Left of the rails: which end is which, and what is between them. */
export function BandEnds({ firstPage, emulated, serverLane, children }: Props) {
  const { t } = useTranslation('stage');
  const { yBrowser, yServer, second } = useWireGeometry();
  // With a second page the server is in the middle, and its rail says who it is.
  const last = second?.y ?? yServer;
  const page = second && firstPage ? t('browserPage', { page: firstPage }) : t('browser');
  return (
    <div className={styles.column}>
      <div className={styles.borders}>
        <BoundarySelect />
      </div>
      <div className={styles.ends} data-end="browser" style={{ top: yBrowser - 42 }}>
        <small>{t(emulated === undefined ? 'jsEvents' : 'emulated')}</small>
        <b>{emulated ?? page}</b>
      </div>
      <div className={styles.net} style={{ top: yBrowser + 6, height: last - yBrowser - 16 }}>
        {children}
      </div>
      {second ? (
        <div className={styles.ends} data-end="browser" style={{ top: second.y + 8 }}>
          <b>{t('browserPage', { page: second.page })}</b>
        </div>
      ) : (
        <div className={styles.ends} data-end="server" style={{ top: yServer + 8 }}>
          <b>{t('server')}</b>
          {serverLane !== undefined && <small>{serverLane}</small>}
        </div>
      )}
    </div>
  );
}
