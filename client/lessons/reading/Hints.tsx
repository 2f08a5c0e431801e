import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Challenge.module.css';

/** Hints, shown one at a time when asked for. */
export function Hints({ hints }: { hints: ReactNode[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(0);
  return (
    <>
      {shown > 0 && (
        <ol className={styles.hints} aria-live="polite">
          {hints.slice(0, shown).map((hint, index) => (
            <li key={index}>{hint}</li>
          ))}
        </ol>
      )}
      {shown < hints.length && (
        <button type="button" className={styles.hint} onClick={() => setShown(shown + 1)}>
          {t('challenge.hint', { n: shown + 1, of: hints.length })}
        </button>
      )}
    </>
  );
}
