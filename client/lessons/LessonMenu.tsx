import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LessonInfo } from '../../lessons/index.ts';
import { useLanguage } from '../i18n/index.ts';
import { Dialog } from '../ui/index.ts';
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
  const go = ({ currentTarget }: MouseEvent<HTMLAnchorElement>) => {
    usePanes.getState().show('read');
    currentTarget.closest('dialog')?.close();
  };
  return (
    <Dialog
      label={t('nav.menu')}
      head={<LanguageSwitch />}
      closeLabel={t('nav.close')}
      place="top"
      onClose={onClose}
    >
      <div className={styles.menu}>
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
      </div>
    </Dialog>
  );
}
