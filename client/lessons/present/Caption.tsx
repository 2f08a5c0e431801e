import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { LessonInfo } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Icon, IconButton } from '../../ui/index.ts';
import { useBridge } from '../bridge.ts';
import { askParts } from '../reading/Ask.tsx';
import { ReadingContext } from '../reading/context.ts';
import { useProse } from '../reading/use-prose.ts';
import { isTyping } from '../typing.ts';
import { captionParts } from './caption-parts.ts';
import styles from './Caption.module.css';
import { presentedStep, togglePresenting } from './presenting.ts';

interface Props {
  lesson: LessonInfo;
  /** From 1. */
  step: number;
}

/** What a clicker sends, and what a keyboard has for it. */
const FORTH = ['ArrowRight', 'PageDown'];
const BACK = ['ArrowLeft', 'PageUp'];

/** Where arrows have a meaning of their own. */
const TAKES_ARROWS = '[data-wire-band], [role=separator], [role=tablist], input[type=radio]';

/** Under the wire that is projected: the step, its question and, when asked for, the answer. */
export function Caption({ lesson, step }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [, navigate] = useLocation();
  const content = useProse(lesson.id, language);
  const [isRevealed, setRevealed] = useState(false);
  const info = lesson.steps[step - 1]!;
  const parts = useMemo(() => content && captionParts(content, info.id), [content, info.id]);
  const ask = parts?.ask ? askParts(parts.ask) : null;
  const canReveal = !isRevealed && (ask !== null || Boolean(parts?.challenge));

  const strokeOf = isRevealed && parts?.stroke ? lesson.strokes?.[parts.stroke] : undefined;
  // The answer may be asked for before what it is about is on the wire.
  const message = useBridge(({ wire }) => (wire && strokeOf?.(wire)) ?? null);
  const isThere = message !== null;
  const follow = useEffectEvent(() => {
    if (message !== null) useBridge.getState().actions?.follow(message);
  });
  useEffect(() => {
    if (isThere) follow();
  }, [isThere]);

  const reveal = () => setRevealed(true);
  const goTo = (number: number) => {
    if (lesson.steps[number - 1]) navigate(presentedStep(lesson.id, number));
  };

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isTyping(event)) return;
    if (event.target instanceof Element && event.target.closest(TAKES_ARROWS)) return;
    if (FORTH.includes(event.key)) {
      if (canReveal) reveal();
      else goTo(step + 1);
    } else if (BACK.includes(event.key)) goTo(step - 1);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    // Before those of the wire, which also hears arrows that have no other meaning.
    document.addEventListener('keydown', listener, { capture: true });
    return () => document.removeEventListener('keydown', listener, { capture: true });
  }, []);

  return (
    <ReadingContext value={{ lesson, step }}>
      <section className={styles.caption} aria-label={t('present.label')}>
        {(ask || parts?.tries.length || isRevealed) && (
          <div className={styles.sheet}>
            {ask && (
              <ol className={styles.options}>
                {ask.options.map(({ props: { id, children } }) => {
                  const isRight = isRevealed ? id === info.question?.answer : undefined;
                  return (
                    <li key={id} data-right={isRight}>
                      {isRight && (
                        <span role="img" aria-label={t('present.answer')}>
                          <Icon name="check" />
                        </span>
                      )}
                      {children}
                    </li>
                  );
                })}
              </ol>
            )}
            {parts && parts.tries.length > 0 && <div className={styles.tries}>{parts.tries}</div>}
            <div aria-live="polite" className={styles.why}>
              {isRevealed && (ask ? ask.why : parts?.challenge)}
            </div>
          </div>
        )}
        <div className={styles.bar}>
          <StepLink lesson={lesson} step={step - 1} label={t('present.previous')} icon="left" />
          <span className={styles.count}>
            {step}/{lesson.steps.length}
          </span>
          <h1 className={styles.title}>{info.title[language]}</h1>
          <div className={styles.question}>{ask?.question}</div>
          {canReveal && (
            <button type="button" className={styles.reveal} onClick={reveal}>
              {t(ask ? 'present.reveal' : 'present.challenge')}
            </button>
          )}
          <StepLink lesson={lesson} step={step + 1} label={t('present.next')} icon="right" />
          <IconButton className={styles.end} label={t('present.end')} onClick={togglePresenting}>
            <Icon name="cross" />
          </IconButton>
        </div>
      </section>
    </ReadingContext>
  );
}

function StepLink({ lesson, step, label, icon }: Props & { label: string; icon: 'left' | 'right' }) {
  if (!lesson.steps[step - 1])
    return (
      <span className={styles.step} data-off>
        <Icon name={icon} />
      </span>
    );
  return (
    <Link
      href={presentedStep(lesson.id, step)}
      className={styles.step}
      aria-label={label}
      title={label}
      rel={icon === 'left' ? 'prev' : 'next'}
    >
      <Icon name={icon} />
    </Link>
  );
}
