import { useTranslation } from 'react-i18next';
import type { WireGeometry } from './geometry.ts';
import styles from './RailNames.module.css';

/** Which end is which, on the rails themselves: where nothing beside them says it. */
export function RailNames({ geometry, pages }: { geometry: WireGeometry; pages: readonly string[] }) {
  const { t } = useTranslation('wire');
  const { yBrowser, yServer, second } = geometry;
  return (
    <div className={styles.names} aria-hidden="true">
      <b className={styles.browser} style={{ top: yBrowser - 20 }}>
        {second ? t('ends.page', { page: pages[0] }) : t('ends.browser')}
      </b>
      <b className={styles.server} style={{ top: yServer + 4 }}>
        {t('ends.server')}
      </b>
      {second && (
        <b className={styles.browser} style={{ top: second.y + 4 }}>
          {t('ends.page', { page: second.page })}
        </b>
      )}
    </div>
  );
}
