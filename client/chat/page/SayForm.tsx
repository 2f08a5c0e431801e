import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Talk.module.css';
import { ProblemNote } from './ProblemNote.tsx';
import { useTalk, useTalkPage } from './talk-context.ts';

/** As the room has it (`TEXT_LENGTH`). */
const TEXT_LENGTH = 2_000;

/** Says something. */
export function SayForm() {
  const { t } = useTranslation('chat');
  const { talk } = useTalkPage();
  const id = useId();
  const [text, setText] = useState('');
  const isClosed = useTalk(({ state }) => state === 'closed');

  function say(event: FormEvent): void {
    event.preventDefault();
    const said = text.trim();
    if (said === '' || isClosed) return;
    talk.getState().say(said);
    setText('');
  }

  return (
    <form className={styles.say} onSubmit={say}>
      <ProblemNote />
      <label htmlFor={id} className={styles.label}>
        {t('text')}
      </label>
      <div className={styles.row}>
        <input
          id={id}
          className={styles.input}
          value={text}
          maxLength={TEXT_LENGTH}
          autoComplete="off"
          onChange={({ target }) => setText(target.value)}
        />
        <button type="submit" className={styles.button} aria-disabled={isClosed || undefined}>
          {t('say')}
        </button>
        <button type="button" className={styles.quiet} onClick={() => talk.getState().leave()}>
          {t('leave')}
        </button>
      </div>
    </form>
  );
}
