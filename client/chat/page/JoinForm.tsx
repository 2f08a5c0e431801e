import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { store, stored } from '../../ui/index.ts';
import styles from './Talk.module.css';
import { ProblemNote } from './ProblemNote.tsx';
import { useTalk } from './room-lab.ts';

const KEY = 'chat-name';
/** As the room has it (`NAME_LENGTH`). */
const NAME_LENGTH = 40;

/** Asks for a name. */
export function JoinForm() {
  const { t } = useTranslation('chat');
  const [name, setName] = useState(() => stored(KEY, ''));
  const [isMissing, setMissing] = useState(false);
  const isJoining = useTalk(({ phase }) => phase === 'joining');

  function join(event: FormEvent): void {
    event.preventDefault();
    const chosen = name.trim();
    setMissing(chosen === '');
    if (chosen === '' || isJoining) return document.getElementById('room-name')?.focus();
    store(KEY, chosen);
    void useTalk.getState().join(chosen);
  }

  return (
    <form className={styles.join} onSubmit={join} noValidate>
      <p className={styles.lead}>{t('lead')}</p>
      <label htmlFor="room-name" className={styles.label}>
        {t('name')}
      </label>
      <div className={styles.row}>
        <input
          id="room-name"
          className={styles.input}
          value={name}
          maxLength={NAME_LENGTH}
          autoComplete="nickname"
          aria-invalid={isMissing || undefined}
          aria-describedby={isMissing ? 'room-name-missing' : undefined}
          onChange={({ target }) => setName(target.value)}
        />
        <button type="submit" className={styles.button} aria-disabled={isJoining || undefined}>
          {t(isJoining ? 'joining' : 'join')}
        </button>
      </div>
      {isMissing && (
        <p id="room-name-missing" className={styles.problem}>
          {t('nameMissing')}
        </p>
      )}
      <ProblemNote />
    </form>
  );
}
