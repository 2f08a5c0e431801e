import { useTranslation } from 'react-i18next';
import type { Profile } from '#protocol/labs';
import { BROWSER_NAMES } from './browsers.ts';
import { BROWSERS, connectionsOf } from './legacy/profiles.ts';
import styles from './EmulatedBadge.module.css';

/** What the emulation leaves out: of every browser; of connections; of Internet Explorer, of the others. */
const OMITTED = {
  all: ['syntax', 'frames', 'domain'],
  two: ['twoConnections'],
  more: ['connections'],
  ie: ['zones', 'compilation', 'garbage', 'origin'],
  other: ['drafts', 'multipart'],
} as const;

/** Says that the page is in an emulated browser, and, opened, what is not as it was there. */
export function EmulatedBadge({ profile }: { profile: Profile }) {
  const { t } = useTranslation('lab');
  const omitted = [
    ...OMITTED.all,
    ...OMITTED[connectionsOf(BROWSERS[profile]) === null ? 'more' : 'two'],
    ...OMITTED[profile.startsWith('ie-') ? 'ie' : 'other'],
  ];
  return (
    <details className={styles.badge}>
      <summary>{t('page.emulated.label', { browser: BROWSER_NAMES[profile] })}</summary>
      <div className={styles.note}>
        <p>{t('page.emulated.note')}</p>
        <ul>
          {omitted.map((what) => (
            <li key={what}>{t(`page.emulated.omitted.${what}`)}</li>
          ))}
        </ul>
      </div>
    </details>
  );
}
