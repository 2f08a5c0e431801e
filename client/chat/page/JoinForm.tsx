import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { store, stored } from '../../ui/index.ts';
import styles from './Talk.module.css';
import { ProblemNote } from './ProblemNote.tsx';
import { useTalk, useTalkPage } from './talk-context.ts';

const KEY = 'chat-name';
/** As the room has it (`NAME_LENGTH`). */
const NAME_LENGTH = 40;

/** Asks for a name; one of two pages has the letter that it goes by. */
export function JoinForm() {
  const { t } = useTranslation('chat');
  const { name: page, talk } = useTalkPage();
  const id = useId();
  const [name, setName] = useState(() => page ?? stored(KEY, ''));
  const [isMissing, setMissing] = useState(false);
  const isJoining = useTalk(({ phase }) => phase === 'joining');

  function join(event: FormEvent): void {
    event.preventDefault();
    const chosen = name.trim();
    setMissing(chosen === '');
    if (chosen === '' || isJoining) return document.getElementById(id)?.focus();
    if (page === null) store(KEY, chosen);
    void talk.getState().join(chosen);
  }

  return (
    <form className={styles.join} onSubmit={join} noValidate>
      {page === null && <p className={styles.lead}>{t('lead')}</p>}
      <label htmlFor={id} className={styles.label}>
        {t('name')}
      </label>
      <div className={styles.row}>
        <input
          id={id}
          className={styles.input}
          value={name}
          maxLength={NAME_LENGTH}
          autoComplete={page === null ? 'nickname' : 'off'}
          aria-invalid={isMissing || undefined}
          aria-describedby={isMissing ? `${id}-missing` : undefined}
          onChange={({ target }) => setName(target.value)}
        />
        <button type="submit" className={styles.button} aria-disabled={isJoining || undefined}>
          {t(isJoining ? 'joining' : 'join')}
        </button>
      </div>
      {isMissing && (
        <p id={`${id}-missing`} className={styles.problem}>
          {t('nameMissing')}
        </p>
      )}
      <ProblemNote />
    </form>
  );
}
