import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomEvent } from '#protocol/chat';
import { useLanguage } from '../../i18n/index.ts';
import { nameOf } from '../technique-name.ts';
import { TRANSPORTS } from '../techniques.ts';
import styles from './Talk.module.css';
import { useTalk } from './talk-context.ts';

/** So near to its end the list counts as read to its end, px. */
const AT_END = 40;

/** What was said; the list follows its end unless it was scrolled away from it. */
export function Messages() {
  const { t } = useTranslation('chat');
  const events = useTalk((talk) => talk.events);
  const unsaid = useTalk((talk) => talk.unsaid);
  const state = useTalk((talk) => talk.state);
  // A held request says nothing of itself before its answer, which comes with the next event.
  const isHeld = useTalk(
    (talk) => talk.state === 'connecting' && TRANSPORTS[talk.technique].capabilities.delivery === 'held',
  );
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);

  useLayoutEffect(() => {
    if (atEnd.current && log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [events, unsaid]);

  return (
    <>
      {/* role=log announces what is added; it can be scrolled, so it can have the focus. */}
      <div
        ref={log}
        className={styles.messages}
        role="log"
        aria-label={t('said')}
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          const { scrollHeight, scrollTop, clientHeight } = currentTarget;
          atEnd.current = scrollHeight - scrollTop - clientHeight < AT_END;
        }}
      >
        <ol>
          {events.length === 0 && unsaid.length === 0 && (
            <li className={styles.note}>{t(state === 'open' || isHeld ? 'empty' : 'connecting')}</li>
          )}
          {events.map((event) => (
            <Event key={event.id + event.type} event={event} />
          ))}
          {unsaid.map(({ seq, text }) => (
            <li key={`unsaid ${seq}`} className={styles.message} data-unsaid>
              <span className={styles.text}>{text}</span> <span className={styles.via}>{t('unsaid')}</span>
            </li>
          ))}
        </ol>
      </div>
      <p className={styles.state} role="status">
        {state === 'open' ? '' : t(`state.${isHeld ? 'held' : state}`)}
      </p>
    </>
  );
}

function Event({ event }: { event: RoomEvent }) {
  const { t } = useTranslation('chat');
  const { language } = useLanguage();
  const me = useTalk((talk) => talk.member);
  if (event.type === 'gap') {
    return (
      <li className={styles.gap}>
        {event.lost === null ? t('gapUnknown') : t('gap', { count: event.lost })}
      </li>
    );
  }
  if (event.type !== 'message') {
    return <li className={styles.note}>{t(event.type, { name: event.member.name })}</li>;
  }
  return (
    <li className={styles.message} data-mine={event.from.id === me?.id || undefined}>
      <b className={styles.from}>{event.from.name}</b> <span className={styles.text}>{event.text}</span>{' '}
      <span className={styles.via}>
        {event.via !== undefined && <>{t('via', { technique: nameOf(event.via, language) })} · </>}
        <time dateTime={new Date(event.at).toISOString()}>
          {new Date(event.at).toLocaleTimeString(language, {
            hour: '2-digit',
            minute: '2-digit',
            second: '2-digit',
          })}
        </time>
      </span>
    </li>
  );
}
