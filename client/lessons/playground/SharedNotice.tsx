import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge.ts';
import styles from './SharedNotice.module.css';

/** Above everything of the lesson: whose code is in the editors, or why a link was not opened; and the way back. */
export function SharedNotice({ onBack }: { onBack: () => void }) {
  const { t, i18n } = useTranslation('stage');
  const shared = useBridge((bridge) => bridge.shared);
  const variant = useBridge((bridge) => bridge.variant);
  const place = document.getElementById('lesson-notice');
  if (!shared || !place) return null;
  if ('problem' in shared) {
    return createPortal(
      <div className={styles.notice} role="alert">
        <p>
          <b>{t('shared.refused')}</b> {t(`shared.${shared.problem}`)}
        </p>
        <button type="button" onClick={onBack}>
          {t('shared.dismiss')}
        </button>
      </div>,
      place,
    );
  }
  // Another edition is the learner's own meanwhile.
  if (shared.variant !== variant) return null;
  // Chinese sentences follow each other without a space.
  const gap = i18n.language === 'zh-CN' ? '' : ' ';
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  return createPortal(
    <div className={styles.notice} role="status">
      <p>
        <b>{t('shared.whose')}</b>
        {gap}
        {shared.files.length > 0 && t('shared.files', { files: list.format(shared.files) }) + gap}
        {t('shared.waits')}
        {shared.outdated && gap + t('shared.outdated')}
      </p>
      <button type="button" onClick={onBack}>
        {t('shared.back')}
      </button>
    </div>,
    place,
  );
}
