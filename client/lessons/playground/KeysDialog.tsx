import { useTranslation } from 'react-i18next';
import { APPLE, Dialog } from '../../ui/index.ts';
import styles from './KeysDialog.module.css';

const MOD = APPLE ? '⌘' : 'Ctrl';

/** Action (key of `keys.*`) and the keys for it, as on the keyboard. */
const KEYS: [string, string[]][] = [
  ['run', [`${MOD} Enter`]],
  ['stop', [`${MOD} .`]],
  ['esc', ['Esc', 'Tab']],
  ['editors', ['1', '2']],
  ['select', ['←', '→']],
  ['pair', ['↑', '↓']],
  ['ends', ['Home', 'End']],
  ['bytes', ['B', 'Enter']],
  ['clear', ['Esc']],
  ['pause', ['Space']],
  ['moments', [',', '.']],
  ['follow', ['F']],
  ['zoom', ['-', '+']],
  ['fit', ['0']],
  ['pan', ['Shift ←', 'Shift →']],
  ['table', ['T']],
  ['cut', ['X']],
  ['latency', ['[', ']']],
  ['reading', ['R']],
  ['present', ['P']],
  ['list', ['?']],
];

/** The list of keys. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('stage');
  return (
    <Dialog label={t('keys.title')} closeLabel={t('app:nav.close')} place="middle" onClose={onClose}>
      <dl className={styles.list}>
        {KEYS.map(([action, keys]) => (
          <div key={action}>
            <dt>{t(`keys.${action}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{t('keys.note')}</p>
    </Dialog>
  );
}
