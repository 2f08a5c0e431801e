import { useTranslation } from 'react-i18next';
import { NetworkControls } from '../../console/index.ts';
import { BoundarySelect, useWireGeometry } from '../../diagram/index.ts';
import { useLab } from '../../lab/index.ts';
import { BROWSER_NAMES } from '../../stage/index.ts';
import styles from './BandEnds.module.css';

/** Left of the rails: which end is which, and the network between them, where it is. */
export function BandEnds({ firstPage }: { firstPage?: string }) {
  const { t } = useTranslation('stage');
  const { yBrowser, yServer, second } = useWireGeometry();
  // With a second page the server is in the middle, and its rail says who it is.
  const last = second?.y ?? yServer;
  const profile = useLab((lab) => lab.profile);
  const page = second && firstPage ? t('browserPage', { page: firstPage }) : t('browser');
  return (
    <div className={styles.column}>
      <div className={styles.borders}>
        <BoundarySelect />
      </div>
      <div className={styles.ends} data-end="browser" style={{ top: yBrowser - 42 }}>
        <small>{t(profile ? 'emulated' : 'jsEvents')}</small>
        <b>{profile ? BROWSER_NAMES[profile] : page}</b>
      </div>
      <div className={styles.net} style={{ top: yBrowser + 6, height: last - yBrowser - 16 }}>
        <NetworkControls />
      </div>
      {second ? (
        <div className={styles.ends} data-end="browser" style={{ top: second.y + 8 }}>
          <b>{t('browserPage', { page: second.page })}</b>
        </div>
      ) : (
        <div className={styles.ends} data-end="server" style={{ top: yServer + 8 }}>
          <b>{t('server')}</b>
          <small>{t('serverConsole')}</small>
        </div>
      )}
    </div>
  );
}
