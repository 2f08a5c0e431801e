import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { COURSE } from '../../lessons/index.ts';
import styles from './CourseMap.module.css';
import { Measure } from './Measure.tsx';
import { countOf, systemsOf, type Bracket } from './systems.ts';

const SYSTEMS = systemsOf(COURSE);

/** How many columns a part of the score takes. */
const columns = (n: number) => ({ '--columns': n }) as CSSProperties;

/** The course as a score: two systems on two rails, a measure for each lesson, a bracket for each group. */
export function CourseMap() {
  const { t } = useTranslation('course');
  return (
    <section className={styles.map} aria-label={t('map')}>
      {SYSTEMS.map((system, index) => (
        <div key={index} className={styles.system} style={columns(countOf(system))}>
          <p className={styles.rails} aria-hidden="true">
            <span>{t('rails.browser')}</span>
            <span>{t('rails.server')}</span>
          </p>
          {system.map((bracket) => (
            <Group
              key={bracket.group}
              bracket={bracket}
              isLast={bracket === system.at(-1)}
              ends={index === SYSTEMS.length - 1}
            />
          ))}
        </div>
      ))}
    </section>
  );
}

interface GroupProps {
  bracket: Bracket;
  /** Whether its last measure closes the system, and whether that is the end of the course. */
  isLast: boolean;
  ends: boolean;
}

function Group({ bracket: { group, places }, isLast, ends }: GroupProps) {
  const { t } = useTranslation('course');
  return (
    <div className={styles.group} style={columns(places.length)}>
      <h2 className={styles.bracket}>
        <span className={styles.name}>{t(`app:group.${group}`)}</span>{' '}
        <span className={styles.what}>{t(`group.${group}`)}</span>
      </h2>
      <ul className={styles.measures}>
        {places.map((place, index) => (
          <Measure
            key={place.id}
            place={place}
            opens={index === 0 && place.order > 0 ? 'section' : 'measure'}
            closes={isLast && index === places.length - 1 ? (ends ? 'final' : 'measure') : undefined}
          />
        ))}
      </ul>
    </div>
  );
}
