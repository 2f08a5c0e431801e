import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireGeometry } from './geometry.ts';
import styles from './RailNames.module.css';

/**
 * Which end is which, on the rails themselves: on a phone nothing stands beside them, and with two pages the
 * server is in the middle. Between the rails, where no box lies on them, and below the picture, so that
 * nothing of the run is covered.
 */
export const RailNames = memo(function RailNames({
  geometry,
  compact,
  emulated,
}: {
  geometry: WireGeometry;
  compact: boolean;
  /** Old browser that the page is made to look like. */
  emulated: string | undefined;
}) {
  const { t } = useTranslation('wire');
  const { yBrowser, yServer, second } = geometry;
  return (
    <div className={styles.names} aria-hidden="true">
      {compact && (
        <b className={styles.browser} style={{ top: yBrowser + 4 }}>
          {emulated === undefined ? t('ends.browser') : t('ends.emulated', { browser: emulated })}
        </b>
      )}
      {(compact || second) && (
        <b className={styles.server} style={{ top: yServer - 20 }}>
          {t('ends.server')}
        </b>
      )}
      {compact && second && (
        <b className={styles.browser} style={{ top: second.y - 20 }}>
          {t('ends.page', { page: second.page })}
        </b>
      )}
    </div>
  );
});
