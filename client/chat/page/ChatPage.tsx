import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Metrics, ViewControls, Wire, handleTimelineKey } from '../../diagram/index.ts';
import { Inspector } from '../../inspect/index.ts';
import { useLab } from '../../lab/index.ts';
import { NetworkControls } from '../../console/index.ts';
import { TopBar } from '../../lessons/index.ts';
import styles from './ChatPage.module.css';
import { JoinForm } from './JoinForm.tsx';
import { Messages } from './Messages.tsx';
import { useTalk } from './room-lab.ts';
import { SayForm } from './SayForm.tsx';
import { TechniqueChoice } from './TechniqueChoice.tsx';
import { WhoIsHere } from './WhoIsHere.tsx';

/** Where single keys are text, or belong to the control that has the focus. */
const TAKES_KEYS = 'input, textarea, select, button, [role=radiogroup], dialog';

/** The room: talk on one side, the wire that carries it on the other. */
export function ChatPage() {
  const { t } = useTranslation('chat');
  const isIn = useTalk(({ phase }) => phase === 'in');
  const hasRun = useLab(({ run }) => run !== null);
  const [preview, setPreview] = useState<string | null>(null);

  useEffect(() => {
    document.title = `${t('title')} · ${t('app:brand')}`;
  }, [t]);
  useEffect(
    () => () => {
      useTalk.getState().leave();
      useLab.getState().leave();
    },
    [],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isTaken = event.target instanceof Element && event.target.closest(TAKES_KEYS) !== null;
      if (isTaken || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      handleTimelineKey(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <div className={styles.page}>
      <TopBar />
      <main className={styles.main}>
        <section className={styles.talk} aria-labelledby="room-title">
          <header className={styles.head}>
            <h1 id="room-title" className={styles.title}>
              {t('title')}
            </h1>
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
        <section className={styles.carrier} aria-label={t('carrier')}>
          <TechniqueChoice />
          <div className={styles.bar}>
            <ViewControls />
          </div>
          <div className={styles.band}>
            <div className={styles.network}>
              <NetworkControls />
            </div>
            <div className={styles.wire}>
              {hasRun ? (
                <Wire
                  onRun={ignore}
                  onStop={() => useTalk.getState().leave()}
                  onInspect={focusBytes}
                  onPreview={setPreview}
                  onOpenPosition={ignore}
                />
              ) : (
                <p className={styles.nothing}>{t('nothing')}</p>
              )}
            </div>
          </div>
          <div className={styles.metrics}>
            <Metrics />
          </div>
          <section id="room-bytes" className={styles.bytes} aria-label={t('bytes')} tabIndex={-1}>
            {hasRun && <Inspector preview={preview} onOpenPosition={ignore} />}
          </section>
        </section>
      </main>
    </div>
  );
}

function focusBytes(): void {
  document.getElementById('room-bytes')?.focus();
}

function ignore(): void {
  // There is no editor on this page.
}
