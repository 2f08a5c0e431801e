import { Trans, useTranslation } from 'react-i18next';
import { speakerOf } from '../capture/index.ts';
import type { MessageList, WireMessage } from '../capture/run.ts';
import { isHttpMessage } from '../dissect/records.ts';
import { useLab } from '../lab/index.ts';
import { Icon } from '../ui/index.ts';
import { CopyMenu } from './copy/CopyMenu.tsx';
import { count, seconds } from './figures.ts';
import type { Subject } from './subject.ts';
import { tagText, whatText } from './title-text.ts';
import { ViewSwitch, type View } from './ViewSwitch.tsx';
import styles from './TitleRow.module.css';

interface TitleRowProps {
  subject: Subject;
  messages: MessageList;
  isPreview: boolean;
  view: View;
  onView: (view: View) => void;
}

/** What is followed, how it went over the wire, and the way to its neighbours. */
export function TitleRow({ subject, messages, isPreview, view, onView }: TitleRowProps) {
  const { t } = useTranslation('inspect');
  const { message } = subject;
  const what = whatText(subject, t);
  return (
    <header className={styles.row}>
      <h2 className={styles.title}>
        <span className={isPreview ? styles.previewed : styles.followed}>{tagText(subject, t)}</span>
        <span className={styles.what} title={what}>
          {what}
        </span>
      </h2>
      <Journey message={message} size={subject.size} />
      <div className={styles.controls}>
        {isHttpMessage(message.record) && <ViewSwitch view={view} onView={onView} />}
        <CopyMenu message={message} />
        <Stepper messages={messages} place={subject.place} />
      </div>
    </header>
  );
}

/** Direction, times and size. */
function Journey({ message, size }: { message: WireMessage; size: number }) {
  const { t } = useTranslation('inspect');
  const comma = t('panel.comma');
  const speaker = speakerOf(message);
  // A request goes up and an answer comes down: that it does needs no words where there is little room.
  const isPlain = message.record.protocol === 'http1' && speaker !== 'proxy';
  const figure = (key: string, values: Record<string, string>) => (
    <Trans t={t} i18nKey={`panel.${key}`} values={values} components={{ b: <b /> }} />
  );
  return (
    <p className={styles.journey}>
      <span className={isPlain ? styles.direction : undefined}>
        {t(`panel.from.${speaker}`)}
        {comma}
      </span>
      {figure('sent', { s: seconds(message.sent) })}
      {comma}
      {message.arrived !== null
        ? figure('arrived', { s: seconds(message.arrived) })
        : t(message.lost ? 'panel.lost' : 'panel.underWay')}
      {comma}
      {figure('total', { size: count(size) })}
    </p>
  );
}

function Stepper({ messages, place }: { messages: MessageList; place: number }) {
  const { t } = useTranslation('inspect');
  const select = useLab((lab) => lab.select);
  const step = (by: 1 | -1) => {
    const to = place + by < 0 ? undefined : messages.at(place + by);
    return { 'aria-disabled': to === undefined, onClick: () => to && select({ message: to.id }) };
  };
  const at = { n: place + 1, of: messages.length };
  return (
    <div className={styles.stepper} role="group" aria-label={t('panel.stepper')}>
      <button type="button" aria-label={t('panel.previous')} {...step(-1)}>
        <Icon name="left" />
      </button>
      <span aria-label={t('panel.place', at)} role="img">
        {at.n}/{at.of}
      </span>
      <button type="button" aria-label={t('panel.next')} {...step(1)}>
        <Icon name="right" />
      </button>
    </div>
  );
}
