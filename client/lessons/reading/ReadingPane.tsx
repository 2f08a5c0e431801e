import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonInfo } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { ReadingContext } from './context.ts';
import { EditionSwitch } from './EditionSwitch.tsx';
import { Prose } from './prose.tsx';
import { ReadingNav } from './ReadingNav.tsx';
import styles from './ReadingPane.module.css';
import { StepMeter } from './StepMeter.tsx';
import { useProse } from './use-prose.ts';

/** The left pane: what the lesson says, its steps, and the way to the next one. */
export function ReadingPane({ lesson, step }: { lesson: LessonInfo; step: number }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const prose = useProse(lesson.id, language);
  const place = useMemo(() => ({ lesson, step }), [lesson, step]);
  const scroller = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (step > 1)
      scroller.current?.querySelector('[data-state=current]')?.scrollIntoView({ block: 'nearest' });
    else scroller.current?.scrollTo({ top: 0 });
  }, [step]);

  return (
    <>
      <div className={styles.scroller} ref={scroller}>
        <p className={styles.kicker}>
          <span className={styles.number}>{lesson.order}</span>
          <span>{t(`group.${lesson.group}`)}</span>
          <StepMeter lesson={lesson} step={step} />
        </p>
        <h1 className={styles.title}>{lesson.title[language]}</h1>
        <EditionSwitch lesson={lesson} />
        <ReadingContext value={place}>{prose && <Prose content={prose} />}</ReadingContext>
        <ReadingNav lesson={lesson} step={step} className={styles.innerNav} />
      </div>
      <ReadingNav lesson={lesson} step={step} className={styles.footNav} />
    </>
  );
}
