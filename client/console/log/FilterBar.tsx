import { useTranslation } from 'react-i18next';
import { useConsoleFilter } from './filter-store.ts';
import type { ConsoleFilter } from './rows.ts';
import styles from './ConsolePane.module.css';

const SIDES = ['both', 'client', 'server'] as const satisfies readonly ConsoleFilter['side'][];
const LEVELS = ['all', 'problems', 'errors'] as const satisfies readonly ConsoleFilter['level'][];

/** Text, side and level of what is listed, and the button that empties the list. One row of 30 px. */
export function FilterBar() {
  const { t } = useTranslation('lab');
  const { text, side, level, set, clear } = useConsoleFilter();
  return (
    <div className={styles.filter} role="group" aria-label={t('console.filterLabel')}>
      <input
        type="search"
        value={text}
        placeholder={t('console.filter')}
        aria-label={t('console.filterText')}
        onChange={({ target }) => set({ text: target.value })}
      />
      <select
        value={side}
        data-on={side !== 'both'}
        aria-label={t('console.sideLabel')}
        onChange={({ target }) => set({ side: SIDES.find((known) => known === target.value)! })}
      >
        {SIDES.map((known) => (
          <option key={known} value={known}>
            {t(`console.side.${known}`)}
          </option>
        ))}
      </select>
      <select
        value={level}
        data-on={level !== 'all'}
        aria-label={t('console.levelLabel')}
        onChange={({ target }) => set({ level: LEVELS.find((known) => known === target.value)! })}
      >
        {LEVELS.map((known) => (
          <option key={known} value={known}>
            {t(`console.levels.${known}`)}
          </option>
        ))}
      </select>
      <button type="button" onClick={clear} title={t('console.clearTitle')}>
        {t('console.clear')}
      </button>
    </div>
  );
}
