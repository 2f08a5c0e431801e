import { useTranslation } from 'react-i18next';
import type { LessonInfo } from '../../../lessons/index.ts';
import styles from './StepMeter.module.css';

/** One box per step, filled up to the open one; the words say the same. */
export function StepMeter({ lesson, step }: { lesson: LessonInfo; step: number }) {
  const { t } = useTranslation();
  return (
    <span className={styles.meter}>
      <span className={styles.boxes} aria-hidden="true">
        {lesson.steps.map(({ id }, index) => (
          <i key={id} data-fill={index + 1 < step ? 'full' : index + 1 === step ? 'half' : 'none'} />
        ))}
      </span>
      {t('reading.stepOf', { step, total: lesson.steps.length })}
    </span>
  );
}
