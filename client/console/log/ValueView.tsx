import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleValue } from '#protocol/console';
import { isObject, previewOf } from './preview.ts';
import styles from './ConsolePane.module.css';

/** Longer texts are folded to this; a row must not fill the pane. */
const FOLD = { characters: 240, lines: 6 } as const;

/** A printed object: its preview is the button that unfolds its entries. */
export function ValueView({ value, name }: { value: ConsoleValue; name?: string }) {
  const [open, setOpen] = useState(false);
  const { t } = useTranslation('lab');
  const key = name === undefined ? null : <span className={styles.key}>{name}: </span>;
  if (!isObject(value)) {
    return (
      <>
        {key}
        <span className={styles[value.kind]}>
          <LongText text={value.kind === 'string' ? JSON.stringify(value.text) : value.text} />
        </span>
      </>
    );
  }
  if (value.circular || value.entries.length + value.more === 0) {
    return (
      <>
        {key}
        {previewOf(value)}
      </>
    );
  }
  return (
    <>
      <button type="button" className={styles.unfold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={styles.caret} aria-hidden="true" />
        {key}
        {previewOf(value)}
      </button>
      {open && (
        <ul className={styles.tree}>
          {value.entries.map(([entryKey, entry], index) => (
            <li key={`${index} ${entryKey}`}>
              <ValueView value={entry} name={entryKey} />
            </li>
          ))}
          {value.more > 0 && <li className={styles.more}>{t('console.more', { count: value.more })}</li>}
        </ul>
      )}
    </>
  );
}

/** Text that is shown in full on request when it is long. */
export function LongText({ text }: { text: string }) {
  const { t } = useTranslation('lab');
  const [open, setOpen] = useState(false);
  const cut = foldAt(text);
  if (cut === text.length) return <>{text}</>;
  return (
    <>
      {open ? text : `${text.slice(0, cut)}…`}{' '}
      <button
        type="button"
        className={styles.inlineButton}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? t('console.less') : t('console.all', { count: text.length })}
      </button>
    </>
  );
}

function foldAt(text: string): number {
  let end = -1;
  for (let line = 0; line < FOLD.lines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) break;
  }
  const byLines = end < 0 ? text.length : end;
  return text.length > FOLD.characters ? Math.min(byLines, FOLD.characters) : byLines;
}
