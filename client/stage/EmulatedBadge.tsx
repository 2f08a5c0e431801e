import { useTranslation } from 'react-i18next';
import type { Profile } from '#protocol/labs';
import styles from './EmulatedBadge.module.css';

/** Browser names are the same in every language. */
const NAMES: Record<Profile, string> = {
  'ie-6': 'Internet Explorer 6',
  'ie-7': 'Internet Explorer 7',
  'ie-8': 'Internet Explorer 8',
  'ie-9': 'Internet Explorer 9',
  'ie-10': 'Internet Explorer 10',
  'firefox-3.6': 'Firefox 3.6',
  'chrome-14': 'Chrome 14',
  'safari-5': 'Safari 5',
};

/** What the emulation leaves out: of every browser, of Internet Explorer, of the others. */
const OMITTED = {
  all: ['syntax', 'connections', 'frames', 'domain'],
  ie: ['zones', 'compilation', 'garbage', 'origin'],
  other: ['drafts', 'multipart'],
} as const;

/** Says that the page is in an emulated browser, and, opened, what is not as it was there. */
export function EmulatedBadge({ profile }: { profile: Profile }) {
  const { t } = useTranslation('lab');
  const omitted = [...OMITTED.all, ...OMITTED[profile.startsWith('ie-') ? 'ie' : 'other']];
  return (
    <details className={styles.badge}>
      <summary>{t('page.emulated.label', { browser: NAMES[profile] })}</summary>
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
