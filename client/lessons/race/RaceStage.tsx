import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonInfo } from '../../../lessons/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Race } from '../../race/index.ts';
import { Icon, IconButton } from '../../ui/index.ts';
import { PANE_IDS, usePanes } from '../panes.ts';
import { connectRace } from './connect.ts';
import styles from './RaceStage.module.css';

/** The race in the place of editors and wire. It may have the whole width: then it says its own name. */
export function RaceStage({ lesson }: { lesson: LessonInfo }) {
  const { t } = useTranslation('race');
  const { language } = useLanguage();
  const { phone, pane, textHidden, toggleText } = usePanes();
  const [start] = useState(() => connectRace(lesson));
  useEffect(start, [start]);
  return (
    <Race
      id={PANE_IDS.race}
      role={phone ? 'tabpanel' : undefined}
      labelledBy={phone ? 'tab-race' : undefined}
      inert={phone && pane !== 'race'}
    >
      {/* The text, which has the heading, is out of view. */}
      {phone && <h1 className={styles.heard}>{lesson.title[language]}</h1>}
      {!phone && (
        <div className={styles.place} data-titled={textHidden || undefined}>
          <IconButton
            className={styles.fold}
            label={t(textHidden ? 'showText' : 'hideText')}
            aria-expanded={!textHidden}
            aria-controls={PANE_IDS.read}
            onClick={toggleText}
          >
            <Icon name={textHidden ? 'right' : 'left'} />
          </IconButton>
          {textHidden && (
            <div className={styles.title}>
              <p>
                <b>{lesson.order}</b> {t(`app:group.${lesson.group}`)}
              </p>
              <h1>{lesson.title[language]}</h1>
            </div>
          )}
        </div>
      )}
    </Race>
  );
}
