import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TECHNIQUES, type Technique } from '#protocol/chat';
import { useLanguage } from '../../i18n/index.ts';
import { nameOf } from '../technique-name.ts';
import styles from './TechniqueChoice.module.css';
import { useTalk, useTalkPage } from './talk-context.ts';

/** The transport of one of two pages, where there is no room for all of them at once. */
export function TechniqueSelect() {
  const { t } = useTranslation('chat');
  const { language } = useLanguage();
  const { talk } = useTalkPage();
  const chosen = useTalk(({ technique }) => technique);
  const id = useId();
  return (
    <span className={styles.select}>
      <label htmlFor={id}>{t('over')}</label>
      <select
        id={id}
        value={chosen}
        onChange={({ target }) => void talk.getState().switchTo(target.value as Technique)}
      >
        {TECHNIQUES.map((technique) => (
          <option key={technique} value={technique}>
            {nameOf(technique, language)}
          </option>
        ))}
      </select>
    </span>
  );
}
