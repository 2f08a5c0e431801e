import { useTranslation } from 'react-i18next';
import { median } from '../../capture/index.ts';
import { delaysOf, type RaceResult, type Track } from '../model/result.ts';
import styles from './Board.module.css';
import { Strip } from './Strip.tsx';
import { duration, durationText, grouped, overheadOf } from './words.ts';

interface Props {
  track: Track | null;
  result: RaceResult;
  /** Ends of the scales that all tracks share: of the delays, ms, and of the bytes. */
  longest: number;
  mostBytes: number;
  stripWidth: number;
}

/** What was measured of one technique, and beside it what the formula says. */
export function Figures({ track, result, longest, mostBytes, stripWidth }: Props) {
  const { t } = useTranslation('race');
  const delays = track ? delaysOf(track, result.messages) : [];
  const middle = median(delays);
  const prediction = track?.prediction ?? null;
  const published = result.messages.filter((message) => message.published !== null).length;
  const { amount, unit } = middle === null ? { amount: '–', unit: '' } : duration(middle);
  return (
    <div className={styles.figures}>
      <div className={styles.delay}>
        <Strip
          delays={delays}
          median={middle}
          predicted={prediction?.medianMs ?? null}
          longest={longest}
          width={stripWidth}
          height={56}
        />
        <div className={styles.figure}>
          <b>
            {amount} <small>{unit}</small>
          </b>
          <small>
            {prediction
              ? t('predicted', { value: durationText(prediction.medianMs) })
              : published > 0 && result.status !== 'running'
                ? t('noPrediction')
                : ' '}
          </small>
          {track && result.status !== 'running' && delays.length < published && (
            <small className={styles.lacking}>
              {t('arrivedOf', { arrived: delays.length, all: published })}
            </small>
          )}
        </div>
      </div>
      <div className={styles.figure}>
        <b>{track ? track.requests : '–'}</b>
        {prediction && <small title={t('predictedKey')}>◇ {prediction.requests}</small>}
      </div>
      <div className={styles.bytes}>
        <b>{track ? grouped(track.bytes) : '–'}</b>
        <span className={styles.bar}>
          <i style={{ width: share(track ? track.bytes - track.data : 0, mostBytes) }} />
          <i className={styles.data} style={{ width: share(track?.data ?? 0, mostBytes) }} />
        </span>
      </div>
      <div className={styles.figure}>
        <b>
          {track ? overheadOf(track) : '–'} <small>%</small>
        </b>
      </div>
    </div>
  );
}

function share(part: number, whole: number): string {
  return whole === 0 ? '0' : `${(part / whole) * 100}%`;
}
