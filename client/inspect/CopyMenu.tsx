import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireMessage } from '../capture/run.ts';
import { useLab } from '../lab/index.ts';
import { copyText, Icon } from '../ui/index.ts';

import { hexCopy, textCopy, unrecordedRanges } from './recorded.ts';
import { counted } from './use-meaning.ts';
import styles from './TitleRow.module.css';

/** Copies a message's bytes, as hex or as text. */
export function CopyMenu({ message }: { message: WireMessage }) {
  const { t } = useTranslation('inspect');
  const bytesOf = useLab((lab) => lab.bytesOf);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const id = useId();

  /** The menu is in the top layer, where nothing cuts it off: under the button, or above it at the screen's end. */
  const place = () => {
    const { left, right, top, bottom } = button.current!.getBoundingClientRect();
    const style = menu.current!.style;
    const onTheRight = right > innerWidth / 2;
    style.left = onTheRight ? 'auto' : `${left}px`;
    style.right = onTheRight ? `${innerWidth - right}px` : 'auto';
    const atTheEnd = bottom + 120 > innerHeight;
    style.top = atTheEnd ? 'auto' : `${bottom + 2}px`;
    style.bottom = atTheEnd ? `${innerHeight - top + 2}px` : 'auto';
  };
  const copy = async (text: string) => {
    menu.current?.hidePopover();
    button.current?.focus();
    setSaid('');
    setSaid((await copyText(text)) ? t('panel.copied') : t('panel.copyFailed'));
  };
  const asHex = () => copy(hexCopy(bytesOf(message), unrecordedRanges(message)));
  const asText = () =>
    copy(
      textCopy(bytesOf(message), unrecordedRanges(message), (length) =>
        t('panel.notRecorded', { ...counted(length) }),
      ),
    );

  return (
    <div className={styles.copy}>
      <button ref={button} type="button" popoverTarget={id} onClick={place} onBlur={() => setSaid('')}>
        <Icon name={said === t('panel.copied') ? 'check' : 'copy'} />
        <span>{t('panel.copy')}</span>
      </button>
      <div ref={menu} id={id} popover="auto" className={styles.menu}>
        <button type="button" onClick={() => void asHex()}>
          {t('panel.copyHex')}
        </button>
        <button type="button" onClick={() => void asText()}>
          {t('panel.copyText')}
        </button>
      </div>
      <span className={styles.said} role="status">
        {said}
      </span>
    </div>
  );
}
