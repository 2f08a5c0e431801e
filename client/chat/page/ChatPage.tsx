import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { handleTimelineKey } from '../../diagram/index.ts';
import { useLab } from '../../lab/index.ts';
import { TopBar } from '../../lessons/index.ts';
import { Invite } from '../invite/Invite.tsx';
import { Carrier } from './Carrier.tsx';
import styles from './ChatPage.module.css';
import { openPages } from './room-lab.ts';
import { TalkPane } from './TalkPane.tsx';
import { TalkPageProvider } from './talk-context.ts';
import { TechniqueChoice } from './TechniqueChoice.tsx';

/** Where single keys are text, or belong to the control that has the focus. */
const TAKES_KEYS = 'input, textarea, select, button, [role=radiogroup], dialog';

/** The room: talk on one side, the wire that carries it on the other; at `?pages=2` two pages on one wire. */
export function ChatPage() {
  const { t } = useTranslation('chat');
  const [query] = useSearchParams();
  const isPair = query.get('pages') === '2';

  useEffect(() => {
    document.title = `${t('title')} · ${t('app:brand')}`;
  }, [t]);
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
      {isPair ? <Pair key="pair" /> : <Single key="single" />}
    </div>
  );
}

function Single() {
  const { t } = useTranslation('chat');
  const { pages, leave } = usePages([null]);
  return (
    <TalkPageProvider value={pages[0]!}>
      <main className={styles.main}>
        <TalkPane>
          <Ways href="/chat?pages=2" text={t('toTwo')} />
        </TalkPane>
        <section className={styles.carrier} aria-label={t('carrier')}>
          <TechniqueChoice />
          <Carrier onStop={leave} />
        </section>
      </main>
    </TalkPageProvider>
  );
}

/** Pages A and B in one window: what one says goes up to the server and down to the other. */
function Pair() {
  const { t } = useTranslation('chat');
  const { pages, leave } = usePages(['A', 'B']);
  return (
    <main className={styles.pair}>
      <header className={styles.pairHead}>
        <h1 className={styles.title}>{t('title')}</h1>
        <p>{t('leadTwo')}</p>
        <Ways href="/chat" text={t('toOne')} />
      </header>
      <div className={styles.talks}>
        {pages.map((page) => (
          <TalkPageProvider key={page.name} value={page}>
            <TalkPane />
          </TalkPageProvider>
        ))}
      </div>
      <section className={styles.carrier} aria-label={t('carrierTwo')}>
        <Carrier firstPage="A" onStop={leave} />
      </section>
    </main>
  );
}

/** To the other form of this page, and for others to this room. */
function Ways({ href, text }: { href: string; text: string }) {
  return (
    <p className={styles.ways}>
      <Invite />
      <Link href={href}>{text}</Link>
    </p>
  );
}

/** Everyone leaves, and the lab ends, when the screen is left. */
function usePages(names: readonly (string | null)[]) {
  const [pages] = useState(() => openPages(names));
  const [leave] = useState(() => () => pages.forEach(({ talk }) => talk.getState().leave()));
  useEffect(
    () => () => {
      leave();
      useLab.getState().leave();
    },
    [leave],
  );
  return { pages, leave };
}
