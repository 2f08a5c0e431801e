import { useTranslation } from 'react-i18next';
import { BOUNDARIES, type Boundary } from './layout/frame.ts';
import { useTimeline } from './view-store.ts';
import styles from './BoundarySelect.module.css';

/** Which borders make a stroke: a chunk is not a write, a write is not a segment, none of them is an event. */
export function BoundarySelect() {
  const { t } = useTranslation('wire');
  const { boundary, setBoundary } = useTimeline();
  return (
    <select
      className={styles.select}
      aria-label={t('boundary.label')}
      title={t('boundary.title')}
      value={boundary}
      onChange={({ target }) => setBoundary(target.value as Boundary)}
    >
      {BOUNDARIES.map((each) => (
        <option key={each} value={each}>
          {t(`boundary.${each}`)}
        </option>
      ))}
    </select>
  );
}
