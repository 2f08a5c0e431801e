import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LessonInfo } from '../../lessons/index.ts';
import { useLanguage } from '../i18n/index.ts';
import { Icon } from '../ui/index.ts';
import { IconButton } from './bar/IconButton.tsx';
import { LanguageSwitch } from './bar/LanguageSwitch.tsx';
import styles from './LessonMenu.module.css';
import { usePanes } from './panes.ts';

interface Props {
  lesson: LessonInfo;
  step: number;
  onClose: () => void;
}

/** A phone's menu: the steps, the course, the language. */
export function LessonMenu({ lesson, step, onClose }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  const go = () => {
    usePanes.getState().show('read');
    close();
  };
  return (
    <dialog className={styles.menu} ref={dialog} onClose={onClose} aria-label={t('nav.menu')}>
      <div className={styles.head}>
        <LanguageSwitch />
        <IconButton label={t('nav.close')} onClick={close}>
          <Icon name="cross" />
        </IconButton>
      </div>
      <ol>
        {lesson.steps.map((info, index) => (
          <li key={info.id}>
            <Link
              href={`/lessons/${lesson.id}/${index + 1}`}
              aria-current={index + 1 === step ? 'step' : undefined}
              onClick={go}
            >
              <span className={styles.number}>{index + 1}</span> {info.title[language]}
            </Link>
          </li>
        ))}
      </ol>
      <p className={styles.ways}>
        <Link href="/course">{t('nav.course')}</Link>
        <Link href="/check">{t('nav.check')}</Link>
      </p>
    </dialog>
  );
}
