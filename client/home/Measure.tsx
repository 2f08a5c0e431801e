import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useLanguage } from '../i18n/index.ts';
import { useProgress } from '../lessons/index.ts';
import { Icon } from '../ui/index.ts';
import { Glyph } from './glyphs/Glyph.tsx';
import styles from './Measure.module.css';
import { standingOf, stepOf } from './standing.ts';
import { StepMeter } from './StepMeter.tsx';
import type { Place } from './systems.ts';

interface Props {
  place: Place;
  opens: 'measure' | 'section';
  closes: 'measure' | 'final' | undefined;
}

/** One lesson of the map: a link to the step last opened. */
export function Measure({ place, opens, closes }: Props) {
  const { t } = useTranslation('course');
  const { language } = useLanguage();
  const taken = useProgress();
  const standing = standingOf(place, taken);
  const step = stepOf(place, taken);
  const here = place.id === taken.last;
  return (
    <li className={styles.place}>
      <Link
        href={`/lessons/${place.id}/${step}`}
        className={styles.measure}
        data-standing={standing}
        data-here={here}
      >
        <span className={styles.number}>{place.order}</span>
        <span className={styles.glyph}>
          <Glyph of={place.id} opens={opens} closes={closes} />
        </span>
        <h3 className={styles.title}>
          <span>{place.title[language]}</span>
        </h3>
        <span className={styles.line}>{t(`line.${place.id}`)}</span>
        <span className={styles.state}>
          {here && <span className={styles.heard}>{t('here')}</span>}
          {standing === 'ahead' && t('minutes', { n: place.minutes })}
          {standing === 'begun' && (
            <>
              <StepMeter step={step} total={place.steps} />
              {t('app:reading.stepOf', { step, total: place.steps })}
            </>
          )}
          {standing === 'done' && (
            <>
              <Icon name="check" />
              {t('done')}
            </>
          )}
        </span>
      </Link>
    </li>
  );
}
