import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireMessage } from '../../capture/run.ts';
import { useLab } from '../../lab/index.ts';
import { copyText, Icon, placeBeside, ToolIcon } from '../../ui/index.ts';
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
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        onClick={() => placeBeside(menu.current!, button.current!)}
        onBlur={() => setSaid('')}
      >
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
