import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText, Dialog } from '../ui/index.ts';
import { linkOf, type SharedCode } from './link.ts';
import styles from './ShareDialog.module.css';

/** Longer links are cut by some mail and chat programs. */
const LONG_LINK = 2000;

/** The link to the code as it is now: to be copied, or selected where no clipboard is to be had. */
export function ShareDialog({ code, onClose }: { code: SharedCode; onClose: () => void }) {
  const { t, i18n } = useTranslation('stage');
  const [link] = useState(() => linkOf(location.origin, code));
  const [said, setSaid] = useState<'' | 'copied' | 'copyFailed'>('');
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const files = Object.keys(code.files);
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });

  const copy = async () => {
    const done = await copyText(link);
    setSaid(done ? 'copied' : 'copyFailed');
    if (!done) field.current?.focus();
  };

  return (
    <Dialog label={t('share.title')} closeLabel={t('app:nav.close')} place="middle" onClose={onClose}>
      <p className={styles.text}>
        {files.length > 0 ? t('share.carries', { files: list.format(files) }) : t('share.carriesNothing')}{' '}
        {t('share.waits')}
      </p>
      <label className={styles.label} htmlFor={id}>
        {t('share.link')}
      </label>
      <textarea
        ref={field}
        id={id}
        className={styles.link}
        readOnly
        rows={4}
        value={link}
        onFocus={({ target }) => target.select()}
      />
      <p className={styles.row}>
        <button type="button" className={styles.copy} onClick={() => void copy()}>
          {t('share.copy')}
        </button>
        <span role="status">{said !== '' && t(`share.${said}`)}</span>
        <span className={styles.length}>{t('share.length', { count: link.length })}</span>
      </p>
      {link.length > LONG_LINK && <p className={styles.text}>{t('share.long')}</p>}
    </Dialog>
  );
}
