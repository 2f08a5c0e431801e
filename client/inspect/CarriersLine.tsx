import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { kindOf, ordinalOf } from '../capture/index.ts';
import type { WireMessage } from '../capture/run.ts';
import type { ContentRecord } from '../dissect/records.ts';
import { useLab } from '../lab/index.ts';
import { carriersOf } from './carriers.ts';
import styles from './CarriersLine.module.css';

/** Links around the one that is shown; of a long message the others are counted. */
const AROUND = 1;

/** Where an event, a call or a message goes over several chunks or frames: which part this is, and the way to the others. */
export function CarriersLine({ message, content }: { message: WireMessage; content: ContentRecord }) {
  const { t } = useTranslation('inspect');
  const run = useLab((lab) => lab.run);
  const carriers = useMemo(() => run && carriersOf(run, message, content), [run, message, content]);
  if (!carriers) return null;
  const { messages, place } = carriers;
  const values = { n: place + 1, of: messages.length, name: nameOf(content) };
  const near = messages
    .map((each, index) => ({ each, index }))
    .filter(
      ({ index }) =>
        index !== place &&
        (Math.abs(index - place) <= AROUND || index === 0 || index === messages.length - 1),
    );
  return (
    <span className={styles.carriers}>
      {t(`carriers.${content.kind}${content.complete ? '' : 'Open'}`, values)}
      {near.map(({ each }) => (
        <MessageLink key={each.id} id={each.id} />
      ))}
    </span>
  );
}

/** The way to another message, by its name. */
export function MessageLink({ id }: { id: string }) {
  const { t } = useTranslation('inspect');
  const messages = useLab((lab) => lab.run?.messages);
  const select = useLab((lab) => lab.select);
  const message = messages?.get(id);
  if (!messages || !message) return null;
  return (
    <button type="button" className={styles.link} onClick={() => select({ message: id })}>
      {t(`panel.${kindOf(message)}`, { n: ordinalOf(messages, message) })}
    </button>
  );
}

function nameOf(content: ContentRecord): string {
  if (content.kind === 'sse-event') return content.event;
  return content.kind === 'script-call' ? content.callee : '';
}
