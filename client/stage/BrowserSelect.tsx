import { useTranslation } from 'react-i18next';
import type { Profile } from '#protocol/labs';
import { BROWSER_NAMES } from './browsers.ts';
import styles from './BrowserSelect.module.css';

/** Which browser the page is to be in at the next Run; null is the browser as it is. */
export interface BrowserChoice {
  offered: readonly Profile[];
  chosen: Profile | null;
  choose(profile: Profile | null): void;
}

const TODAY = 'today';

/** @param isPending the page in sight is in another browser than the chosen one. */
export function BrowserSelect({ choice, isPending }: { choice: BrowserChoice; isPending: boolean }) {
  const { t } = useTranslation('lab');
  const { offered, chosen, choose } = choice;
  return (
    <>
      <label className={styles.browser}>
        {t('page.browser.label')}
        <select
          value={chosen ?? TODAY}
          onChange={({ target }) => choose(offered.find((profile) => profile === target.value) ?? null)}
        >
          <option value={TODAY}>{t('page.browser.today')}</option>
          {offered.map((profile) => (
            <option key={profile} value={profile}>
              {BROWSER_NAMES[profile]}
            </option>
          ))}
        </select>
      </label>
      <span className={styles.pending} role="status">
        {isPending && t('page.browser.pending')}
      </span>
    </>
  );
}
