import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/index.ts';
import { IconButton } from '../bar/IconButton.tsx';
import styles from './KeysDialog.module.css';

const APPLE = /mac|iphone|ipad/i.test(navigator.platform);
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
  ['follow', ['F']],
  ['zoom', ['-', '+']],
  ['fit', ['0']],
  ['pan', ['Shift ←', 'Shift →']],
  ['table', ['T']],
  ['cut', ['X']],
  ['latency', ['[', ']']],
  ['reading', ['R']],
  ['list', ['?']],
];

/** The list of keys. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog className={styles.dialog} ref={dialog} onClose={onClose} aria-labelledby="keys-title">
      <div className={styles.head}>
        <h2 id="keys-title">{t('keys.title')}</h2>
        <IconButton label={t('nav.close')} onClick={() => dialog.current?.close()}>
          <Icon name="cross" />
        </IconButton>
      </div>
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
    </dialog>
  );
}
