import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect } from 'wouter';
import { findLesson } from '../../lessons/index.ts';
import { useLanguage } from '../i18n/index.ts';
import { lessonOf, loadLesson } from './content.ts';
import { LessonShell } from './LessonShell.tsx';
import { progressOf, useProgress } from './progress.ts';

interface Props {
  lessonId: string;
  step: string | undefined;
  /** Shown when there is no such lesson or step. */
  otherwise: ReactNode;
}

/** The page of a lesson at a step, as its address says. An address without a step leads to the one last open. */
export function LessonPage({ lessonId, step, otherwise }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const lesson = useLesson(lessonId);
  const number = /^[1-9]\d?$/.test(step ?? '') ? Number(step) : NaN;
  const info = lesson?.steps[number - 1];
  const title = info && `${info.title[language]} · ${lesson.order} ${lesson.title[language]} · ${t('brand')}`;

  useEffect(() => {
    if (!title) return;
    document.title = title;
    useProgress.getState().visit(lessonId, number);
  }, [lessonId, number, title]);

  if (!findLesson(lessonId)) return otherwise;
  if (!lesson) return null; // It is on its way; nothing is shown that would move.
  if (step === undefined) {
    const last = progressOf(useProgress.getState(), lessonId).step;
    // A link to a message keeps naming it, one to what is presented stays one.
    const { search, hash } = location;
    const number = lesson.steps[last - 1] ? last : 1;
    return <Redirect to={`/lessons/${lessonId}/${number}${search}${hash}`} replace />;
  }
  if (!info) return otherwise;
  return <LessonShell key={lesson.id} lesson={lesson} step={number} />;
}

/** The lesson; undefined until it is fetched. */
function useLesson(id: string) {
  const [, setFetched] = useState('');
  const lesson = lessonOf(id);
  useEffect(() => {
    if (!lesson && findLesson(id)) void loadLesson(id).then(() => setFetched(id));
  }, [id, lesson]);
  return lesson;
}
