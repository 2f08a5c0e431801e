import { useTranslation } from 'react-i18next';
import { median } from '../../capture/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { aMinuteOf } from '../model/quiet.ts';
import { delaysOf, type RaceResult } from '../model/result.ts';
import styles from './Race.module.css';
import { bytesText, durationText, grouped, nameOf } from './words.ts';

const DASH = '–';

/** All figures of a race in words: the twin of the picture, measured and by formula. */
export function FiguresTable({ result }: { result: RaceResult }) {
  const { t } = useTranslation('race');
  const { language } = useLanguage();
  const published = result.messages.filter((message) => message.published !== null).length;
  const clock = Math.max(0, ...result.tracks.map(({ clockErrorMs }) => clockErrorMs ?? 0));
  const time = (ms: number | null | undefined): string => (ms == null ? DASH : durationText(ms));
  const bytes = (value: number | null): string => (value === null ? DASH : bytesText(value));
  return (
    <section className={styles.table} aria-label={t('table.title')}>
      <h2>{t('table.title')}</h2>
      {/* Wider than a phone: it can be scrolled by keys too. */}
      <div className={styles.scroll} role="region" aria-label={t('table.caption')} tabIndex={0}>
        <table>
          <caption>{t('table.caption')}</caption>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t('table.technique')}
              </th>
              <th scope="col" rowSpan={2}>
                {t('table.arrived')}
              </th>
              <th scope="colgroup" colSpan={3}>
                {t('table.median')}
              </th>
              <th scope="colgroup" colSpan={2}>
                {t('table.requests')}
              </th>
              {(['bytes', 'data', 'oneMore'] as const).map((name) => (
                <th key={name} scope="col" rowSpan={2}>
                  {t(`table.${name}`)}
                </th>
              ))}
              <th scope="colgroup" colSpan={2}>
                {t('table.silentMinute')}
              </th>
            </tr>
            <tr>
              <th scope="col">{t('table.measured')}</th>
              <th scope="col">{t('table.formula')}</th>
              <th scope="col">{t('table.longest')}</th>
              <th scope="col">{t('table.measured')}</th>
              <th scope="col">{t('table.formula')}</th>
              <th scope="col">{t('table.measured')}</th>
              <th scope="col">{t('table.formula')}</th>
            </tr>
          </thead>
          <tbody>
            {result.tracks.map((track) => {
              const delays = delaysOf(track, result.messages);
              return (
                <tr key={track.technique}>
                  <th scope="row">{nameOf(track.technique, language)}</th>
                  <td>
                    {delays.length}/{published}
                  </td>
                  <td>{time(median(delays))}</td>
                  <td>{time(track.prediction?.medianMs)}</td>
                  <td>{time(delays.length > 0 ? Math.max(...delays) : null)}</td>
                  <td>{grouped(track.requests)}</td>
                  <td>{track.prediction ? grouped(track.prediction.requests) : DASH}</td>
                  <td>{bytes(track.bytes)}</td>
                  <td>{bytes(track.data)}</td>
                  <td>{bytes(track.oneMore)}</td>
                  <td>
                    {track.quiet ? (
                      <>
                        {bytes(aMinuteOf(track.quiet))}{' '}
                        <small>{t('table.within', { s: (track.quiet.ms / 1000).toFixed(1) })}</small>
                      </>
                    ) : (
                      DASH
                    )}
                  </td>
                  <td>{bytes(track.silentMinute)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <h3>{t('table.how')}</h3>
      <p>{t('table.howText', { error: durationText(clock) })}</p>
      <p>{t('table.howSilence')}</p>
      <p>{t('table.howLimits')}</p>
      <h3>{t('limit.title')}</h3>
      <p>{t('limit.text')}</p>
    </section>
  );
}
