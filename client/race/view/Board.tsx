import { useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { TRANSPORTS } from '../../chat/index.ts';
import { Glyph } from '../../home/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { IconButton, ToolIcon } from '../../ui/index.ts';
import { delaysOf, type RaceResult } from '../model/result.ts';
import { stripEnd } from '../model/strip.ts';
import { useRace } from '../store.ts';
import styles from './Board.module.css';
import { Figures } from './Figures.tsx';
import { usePlayhead } from './playhead.ts';
import { Ruler } from './Ruler.tsx';
import { Score } from './Score.tsx';
import { StripAxis } from './Strip.tsx';
import { TrackPicture } from './TrackPicture.tsx';
import { useSize } from './use-size.ts';
import { interval, nameOf } from './words.ts';

/** Widths of the strip plot, px, in the wide and in the narrow layout. */
const STRIP = { wide: 140, narrow: 96 };

/** All tracks under one ruler. */
export function Board({ result }: { result: RaceResult }) {
  const { t } = useTranslation('race');
  const { language } = useLanguage();
  const [board, { width }] = useSize<HTMLDivElement>();
  const running = useRace(({ phase }) => phase === 'running');
  const strip = width >= 1180 ? STRIP.wide : STRIP.narrow;
  const longest = stripEnd(result.tracks.flatMap((track) => delaysOf(track, result.messages)));
  const mostBytes = Math.max(0, ...result.tracks.map(({ bytes }) => bytes));
  const playhead = useRef<HTMLDivElement>(null);
  const time = useRef<HTMLDivElement>(null);
  usePlayhead(board, time, playhead, result);

  return (
    <div
      ref={board}
      className={styles.board}
      style={{ '--tracks': result.settings.techniques.length } as CSSProperties}
      data-running={running || undefined}
    >
      <div className={styles.top}>
        <div className={styles.label}>
          <b className={styles.events}>{t('events')}</b>
        </div>
        <Score result={result} />
        <div className={styles.figures} data-head>
          <span>{t('delay')}</span>
          <span>{t('requests')}</span>
          <span>{t('bytes')}</span>
          <span>{t('overhead')}</span>
        </div>
      </div>
      {result.settings.techniques.map((technique) => {
        const track = result.tracks.find((each) => each.technique === technique) ?? null;
        const name = nameOf(technique, language);
        return (
          <section key={technique} className={styles.track} aria-label={name} data-technique={technique}>
            <div className={styles.label}>
              <span className={styles.glyph}>
                <Glyph of={technique} />
              </span>
              <div className={styles.name}>
                <b>{name}</b>
                <small>
                  {t(`about.${technique}`, { interval: interval(result.settings.pollIntervalMs) })}
                  {TRANSPORTS[technique].capabilities.emulates !== null && ` · ${t('emulated')}`}
                </small>
                {track?.state === 'blocked' && <small className={styles.lacking}>{t('state.blocked')}</small>}
              </div>
              {running && (
                <IconButton
                  className={styles.cutOne}
                  label={t('cutOne', { technique: name })}
                  onClick={() => useRace.getState().cut(technique)}
                >
                  <ToolIcon name="cut" />
                </IconButton>
              )}
            </div>
            <TrackPicture track={track} result={result} />
            <Figures
              track={track}
              result={result}
              longest={longest}
              mostBytes={mostBytes}
              stripWidth={strip}
            />
          </section>
        );
      })}
      <div className={styles.end}>
        <div className={styles.label} />
        <Ruler result={result} />
        <div className={styles.figures} data-foot>
          <div className={styles.delay}>
            <StripAxis longest={longest} width={strip} />
            <span>{t('median')}</span>
          </div>
          <span className={styles.key}>
            <span>◇ {t('predictedKey')}</span>
            <i />
            {t('overheadKey')}
            <i className={styles.data} />
            {t('dataKey')}
          </span>
        </div>
      </div>
      <div className={styles.overlay} aria-hidden="true">
        <div ref={time} className={styles.overlayTime}>
          <div ref={playhead} className={styles.playhead} />
        </div>
      </div>
    </div>
  );
}
