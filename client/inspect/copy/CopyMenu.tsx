import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireMessage } from '../../capture/run.ts';
import { useLab } from '../../lab/index.ts';
import { copyText, Icon, ToolIcon } from '../../ui/index.ts';
import { counted } from '../use-meaning.ts';
import { CopyDialog } from './CopyDialog.tsx';
import { FORMS, formsOf, type CopyForm } from './forms.ts';
import styles from '../TitleRow.module.css';

/** Copies a message: its bytes, or what makes them again. Where the browser refuses, the text is shown instead. */
export function CopyMenu({ message }: { message: WireMessage }) {
  const { t } = useTranslation('inspect');
  const bytesOf = useLab((lab) => lab.bytesOf);
  const run = useLab((lab) => lab.run);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const id = useId();
  const forms = formsOf(message);

  /** The menu is in the top layer, where nothing cuts it off: under the button, or above it at the screen's end. */
  const place = () => {
    const { left, right, top, bottom } = button.current!.getBoundingClientRect();
    const style = menu.current!.style;
    const onTheRight = right > innerWidth / 2;
    style.left = onTheRight ? 'auto' : `${left}px`;
    style.right = onTheRight ? `${innerWidth - right}px` : 'auto';
    const atTheEnd = bottom + 200 > innerHeight;
    style.top = atTheEnd ? 'auto' : `${bottom + 2}px`;
    style.bottom = atTheEnd ? `${innerHeight - top + 2}px` : 'auto';
  };
  const copy = async (form: CopyForm) => {
    menu.current?.hidePopover();
    button.current?.focus();
    setSaid('');
    const text = run
      ? FORMS[form]({
          run,
          message,
          bytesOf,
          missing: (length) => t('panel.notRecorded', { ...counted(length) }),
        })
      : '';
    if (await copyText(text)) setSaid(t('panel.copied'));
    else setRefused(text);
  };

  return (
    <div className={styles.copy}>
      <button ref={button} type="button" popoverTarget={id} onClick={place} onBlur={() => setSaid('')}>
        {said === '' ? <ToolIcon name="copy" /> : <Icon name="check" />}
        <span>{t('panel.copy')}</span>
      </button>
      <div ref={menu} id={id} popover="auto" className={styles.menu}>
        {forms.map((form) => (
          <button key={form} type="button" onClick={() => void copy(form)}>
            {t(`copy.${form}`)}
          </button>
        ))}
      </div>
      <span className={styles.said} role="status">
        {said}
      </span>
      {refused !== null && <CopyDialog text={refused} onClose={() => setRefused(null)} />}
    </div>
  );
}
