import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRace } from '../store.ts';
import styles from './Head.module.css';

/** Publishes what is typed, while the race runs. */
export function TypeMessage() {
  const { t } = useTranslation('race');
  const running = useRace(({ phase }) => phase === 'running');
  const [text, setText] = useState('');
  const isReady = running && text.trim() !== '';
  return (
    <form
      className={styles.type}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        useRace.getState().say(text.trim().slice(0, 200));
        setText('');
      }}
    >
      <input
        aria-label={t('type.label')}
        placeholder={t('type.placeholder')}
        value={text}
        maxLength={200}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className={styles.button} aria-disabled={!isReady}>
        {t('type.publish')}
      </button>
    </form>
  );
}
