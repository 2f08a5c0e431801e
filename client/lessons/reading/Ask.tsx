import { Children, isValidElement, useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/index.ts';
import { useBridge } from '../bridge.ts';
import { usePanes } from '../panes.ts';
import { progressOf, useProgress } from '../progress.ts';
import styles from './Ask.module.css';
import { useReading } from './context.ts';
import { isElement } from './is-element.ts';

interface OptionProps {
  id: string;
  children?: ReactNode;
}

/** One answer, and the explanation: both only say what `Ask` shows. */
export const Option = ({ children }: OptionProps) => children;
export const Why = ({ children }: { children?: ReactNode }) => children;

const isOption = (node: ReactNode) => isElement(node, Option);
const isWhy = (node: ReactNode) => isElement(node, Why);

/** A legend holds words, not the paragraph Markdown makes of them. */
const phrase = (node: ReactNode) =>
  isValidElement<{ children?: ReactNode }>(node) && node.type === 'p' ? node.props.children : node;

/** What stands in an `Ask`: the words of the question, the options, the explanation. */
export function askParts(children: ReactNode) {
  const parts = Children.toArray(children);
  return {
    question: parts.filter((part) => !isOption(part) && !isWhy(part)).map(phrase),
    options: parts.filter(isOption),
    why: parts.find(isWhy),
  };
}

/** A question to answer before the run; the explanation comes when a run has shown it. */
export function Ask({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  const { lesson, step } = useReading();
  const name = useId();
  const info = lesson.steps[step - 1]!;
  const { answers, done } =
    useProgress((state) => state.lessons[lesson.id]) ?? progressOf({ lessons: {} }, lesson.id);
  const { answer, finish } = useProgress.getState();
  const hasRun = useBridge(({ wire }) => wire !== null);
  const isShown = useBridge(({ wire }) => wire !== null && info.question!.shown(wire));

  const chosen = answers[info.id];
  const revealed = chosen !== undefined && (done.includes(info.id) || isShown);
  const right = chosen === info.question!.answer;
  const { question, options, why } = askParts(children);

  // What was seen stays seen, also after a reload that starts with no run.
  useEffect(() => {
    if (revealed) finish(lesson.id, info.id);
  }, [revealed, finish, lesson.id, info.id]);

  // It appears when a run has shown it, maybe below the edge; what was there on opening stays where it is.
  const outcome = useRef<HTMLDivElement>(null);
  const wasRevealed = useRef(revealed);
  useEffect(() => {
    const { phone, pane } = usePanes.getState();
    const isSeen = !phone || pane === 'read';
    if (revealed && !wasRevealed.current && isSeen) outcome.current?.scrollIntoView({ block: 'nearest' });
    wasRevealed.current = revealed;
  }, [revealed]);

  return (
    <fieldset className={styles.ask}>
      <legend className={styles.question}>{question}</legend>
      {options.map(({ props }) => (
        <label key={props.id} className={styles.option}>
          <input
            type="radio"
            name={name}
            checked={chosen === props.id}
            onChange={() => answer(lesson.id, info.id, props.id)}
          />
          <span>{props.children}</span>
        </label>
      ))}
      <div ref={outcome} aria-live="polite">
        {revealed && (
          <div className={styles.why} data-right={right}>
            <Icon name={right ? 'check' : 'cross'} />
            <div>
              <p className={styles.verdict}>{t(right ? 'ask.right' : 'ask.wrong')}</p>
              {why}
            </div>
          </div>
        )}
        {chosen !== undefined && !revealed && (
          <p className={styles.hint}>
            {t(info.experiments ? 'ask.send' : hasRun ? 'ask.unseen' : 'ask.run')}
            <button type="button" onClick={() => finish(lesson.id, info.id)}>
              {t('ask.show')}
            </button>
          </p>
        )}
      </div>
    </fieldset>
  );
}
