import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ChatPage.module.css';
import { JoinForm } from './JoinForm.tsx';
import { Messages } from './Messages.tsx';
import { SayForm } from './SayForm.tsx';
import { useTalk, useTalkPage } from './talk-context.ts';
import { TechniqueSelect } from './TechniqueSelect.tsx';
import { WhoIsHere } from './WhoIsHere.tsx';

/** One page of the room: who is here, what was said, and saying something. `children`: what belongs to the room's title. */
export function TalkPane({ children }: { children?: ReactNode }) {
  const { t } = useTranslation('chat');
  const { name } = useTalkPage();
  const isIn = useTalk(({ phase }) => phase === 'in');
  const id = useId();
  return (
    <section className={styles.talk} aria-labelledby={id}>
      <header className={styles.head}>
        {name === null ? (
          <h1 id={id} className={styles.title}>
            {t('title')}
          </h1>
        ) : (
          <div className={styles.pageHead}>
            <h2 id={id} className={styles.pageName}>
              {t('page', { name })}
            </h2>
            <TechniqueSelect />
          </div>
        )}
        {children}
        <WhoIsHere />
      </header>
      {isIn ? (
        <>
          <Messages />
          <SayForm />
        </>
      ) : (
        <JoinForm />
      )}
    </section>
  );
}
