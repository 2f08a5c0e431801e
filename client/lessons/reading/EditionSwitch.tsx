import { useTranslation } from 'react-i18next';
import type { LessonInfo } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useBridge } from '../bridge.ts';
import styles from './EditionSwitch.module.css';

/** Which edition of the code is in the editors: each keeps its own edits. */
export function EditionSwitch({ lesson }: { lesson: LessonInfo }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const actions = useBridge((bridge) => bridge.actions);
  const open = useBridge((bridge) => bridge.variant);
  if (!lesson.variants?.length) return null;
  const editions = [
    { id: null, title: lesson.edition?.[language] ?? t('edition.first') },
    ...lesson.variants.map(({ id, title }) => ({ id, title: title[language] })),
  ];
  return (
    <p className={styles.row}>
      <span id="edition-label">{t('edition.label')}</span>
      <span className={styles.switch} role="group" aria-labelledby="edition-label">
        {editions.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === open}
            aria-disabled={actions === null}
            onClick={() => actions?.chooseVariant(id)}
          >
            {title}
          </button>
        ))}
      </span>
    </p>
  );
}
