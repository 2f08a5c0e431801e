import { useTranslation } from 'react-i18next';
import { NetworkControls } from '../../console/index.ts';
import { BoundarySelect, WIRE_GEOMETRY } from '../../diagram/index.ts';
import styles from './BandEnds.module.css';

const { yBrowser, yServer } = WIRE_GEOMETRY;

/** Left of the rails: which end is which, and the network between them, where it is. */
export function BandEnds() {
  const { t } = useTranslation();
  return (
    <div className={styles.column}>
      <div className={styles.borders}>
        <BoundarySelect />
      </div>
      <div className={styles.ends} data-end="browser" style={{ top: yBrowser - 42 }}>
        <small>{t('stage.jsEvents')}</small>
        <b>{t('stage.browser')}</b>
      </div>
      <div className={styles.net} style={{ top: yBrowser + 6, height: yServer - yBrowser - 16 }}>
        <NetworkControls />
      </div>
      <div className={styles.ends} data-end="server" style={{ top: yServer + 8 }}>
        <b>{t('stage.server')}</b>
        <small>{t('stage.serverConsole')}</small>
      </div>
    </div>
  );
}
