import { useTranslation } from 'react-i18next';
import { TECHNIQUES } from '#protocol/chat';
import { useLanguage } from '../../i18n/index.ts';
import { nameOf } from '../technique-name.ts';
import { TRANSPORTS } from '../techniques.ts';
import styles from './TechniqueChoice.module.css';
import { useTalk, useTalkPage } from './talk-context.ts';

/** The transport of this page; others in the room have their own. */
export function TechniqueChoice() {
  const { t } = useTranslation('chat');
  const { language } = useLanguage();
  const { talk } = useTalkPage();
  const chosen = useTalk(({ technique }) => technique);
  const { direction, delivery, crossOrigin, emulates } = TRANSPORTS[chosen].capabilities;
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>{t('transport')}</legend>
      <div className={styles.options}>
        {TECHNIQUES.map((technique) => (
          <label key={technique} className={styles.option}>
            <input
              type="radio"
              name="technique"
              value={technique}
              checked={technique === chosen}
              onChange={() => void talk.getState().switchTo(technique)}
            />
            <span>{nameOf(technique, language)}</span>
          </label>
        ))}
      </div>
      <p className={styles.what}>
        {t(`delivery.${delivery}`)} {t(`direction.${direction}`)} {crossOrigin && t('crossOrigin')}{' '}
        {emulates !== null && t('emulated')}
      </p>
    </fieldset>
  );
}
