import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LessonInfo, LessonStep } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Icon } from '../../ui/index.ts';
import { progressOf, useProgress } from '../progress.ts';
import styles from './StepItem.module.css';

interface Props {
  lesson: LessonInfo;
  info: LessonStep;
  /** From 1. */
  number: number;
  current: boolean;
  children: ReactNode;
}

/** One line of the list of steps; the open one has its body below. */
export function StepItem({ lesson, info, number, current, children }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const done = useProgress((state) => progressOf(state, lesson.id).done.includes(info.id));
  return (
    <li className={styles.item} data-state={current ? 'current' : done ? 'done' : 'todo'}>
      <h2 className={styles.heading}>
        <Link
          href={`/lessons/${lesson.id}/${number}`}
          className={styles.link}
          aria-current={current ? 'step' : undefined}
        >
          <span className={styles.number}>{number}</span>
          <span>{info.title[language]}</span>
          {done && (
            <span className={styles.done} role="img" aria-label={t('reading.done')}>
              <Icon name="check" />
            </span>
          )}
        </Link>
      </h2>
      {current && children}
    </li>
  );
}
