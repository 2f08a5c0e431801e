import { useTranslation } from 'react-i18next';
import type { WireMessage } from '../../capture/run.ts';
import type { FrameRecord, WebSocketMessageContent } from '../../dissect/records.ts';
import { CarriersLine, MessageLink } from '../CarriersLine.tsx';
import { counted } from '../use-meaning.ts';
import styles from './RawLine.module.css';

interface FrameFactsProps {
  message: WireMessage;
  record: FrameRecord;
  content: WebSocketMessageContent | null;
}

/** What a frame has to do with others: its message, the ping it answers; and what inflating it gave. */
export function FrameFacts({ message, record, content }: FrameFactsProps) {
  const { t } = useTranslation('inspect');
  const facts = [];
  const isData = record.opcode < 8;
  if (content && isData && (!record.fin || record.opcode === 0)) {
    facts.push(<CarriersLine key="carriers" message={message} content={content} />);
  }
  if (content && content.inflatedSize !== null && content.complete) {
    facts.push(
      <span key="inflated">
        {t('frame.inflation', {
          from: counted(content.size)?.n,
          ...counted(content.inflatedSize),
        })}
      </span>,
    );
  }
  const answers = ANSWERS[record.opcode]?.[record.answers === null ? 'is' : 'answers'];
  if (message.peer !== null && answers) {
    facts.push(
      <span key="peer">
        {t(`frame.${answers}`)} <MessageLink id={message.peer} />
      </span>,
    );
  } else if (record.opcode === 10 && record.complete) {
    facts.push(<span key="peer">{t('frame.answersNone')}</span>);
  }
  return facts.length === 0 ? null : <p className={styles.facts}>{facts}</p>;
}

/** What a control frame has to do with the frame of the other direction, by opcode. */
const ANSWERS: Partial<Record<number, { answers: string; is: string }>> = {
  8: { answers: 'answersClose', is: 'closeAnswered' },
  9: { answers: 'pingAnswered', is: 'pingAnswered' },
  10: { answers: 'answersPing', is: 'answersPing' },
};
