import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { ToolIcon } from '../ui/index.ts';
import { count } from './format.ts';
import { fitRun, pictureNow, toggleFollow, togglePause } from './keys.ts';
import { togglePlay } from './replay.ts';
import { useCalmRun } from './use-calm-run.ts';
import { newSince, useTimeline } from './view-store.ts';
import styles from './ViewControls.module.css';

/** The right part of the transport bar: what is done to the picture, never to the run. */
export function ViewControls() {
  const { t } = useTranslation('wire');
  const isOver = useLab(({ run }) => run?.live === false);
  const { follow, paused, table, span, width, zoom, toggleTable } = useTimeline();
  return (
    <div className={styles.controls} role="group" aria-label={t('view.label')}>
      {isOver && !paused ? <ReplayButtons /> : <PauseButton />}
      <button
        type="button"
        className={look(follow)}
        aria-pressed={follow}
        title={t('view.followTitle')}
        onClick={toggleFollow}
      >
        <ToolIcon name="follow" />
        <span className={styles.name}>{t('view.follow')}</span>
      </button>
      <span className={styles.rule} aria-hidden="true" />
      <div className={styles.zoom}>
        <button
          type="button"
          aria-label={t('view.zoomOut')}
          title={t('view.zoomOut')}
          onClick={() => zoom('out', pictureNow())}
        >
          <ToolIcon name="minus" />
        </button>
        <span>{scaleText(width / span)}</span>
        <button
          type="button"
          aria-label={t('view.zoomIn')}
          title={t('view.zoomIn')}
          onClick={() => zoom('in', pictureNow())}
        >
          <ToolIcon name="plus" />
        </button>
      </div>
      <button
        type="button"
        className={`${styles.button} ${styles.icon}`}
        aria-label={t('view.fit')}
        title={t('view.fit')}
        onClick={fitRun}
      >
        <ToolIcon name="fit" />
      </button>
      <button
        type="button"
        className={`${look(table)} ${styles.icon}`}
        aria-pressed={table}
        aria-label={t('view.table')}
        title={t('view.table')}
        onClick={toggleTable}
      >
        <ToolIcon name="table" />
      </button>
    </div>
  );
}

const look = (on: boolean) => (on ? `${styles.button} ${styles.on}` : styles.button);

/** While the run goes on, the picture can be frozen. */
function PauseButton() {
  const { t } = useTranslation('wire');
  const run = useCalmRun();
  const { paused } = useTimeline();
  const fresh = paused ? newSince(paused.run, run) : 0;
  const pauseText = paused
    ? fresh > 0
      ? t('view.pausedNew', { count: fresh })
      : t('view.paused')
    : t('view.pause');
  return (
    <button
      type="button"
      className={look(paused !== null)}
      aria-pressed={paused !== null}
      disabled={!run?.live && !paused}
      title={t('view.pauseTitle')}
      onClick={togglePause}
    >
      <ToolIcon name={paused ? 'run' : 'pause'} />
      <span className={styles.name}>{pauseText}</span>
      {fresh > 0 && (
        <span className={styles.fresh} aria-hidden="true">
          {count(fresh)}
        </span>
      )}
    </button>
  );
}

/** When it is over, it can be gone through again. */
function ReplayButtons() {
  const { t } = useTranslation('wire');
  const { playing, speed, nextSpeed } = useTimeline();
  return (
    <>
      <button
        type="button"
        className={look(playing)}
        aria-pressed={playing}
        title={t('view.replayTitle')}
        onClick={togglePlay}
      >
        <ToolIcon name={playing ? 'pause' : 'run'} />
        <span className={styles.name}>{t(playing ? 'view.replayStop' : 'view.replay')}</span>
      </button>
      <button
        type="button"
        className={`${styles.button} ${styles.speed}`}
        aria-label={t('view.speed', { speed })}
        title={t('view.speedTitle')}
        onClick={nextSpeed}
      >
        ×{speed}
      </button>
    </>
  );
}

/** The scale in the unit that gives a handy number of px. */
function scaleText(pxPerMs: number): string {
  if (pxPerMs >= 2) return `1 ms = ${count(pxPerMs)} px`;
  if (pxPerMs >= 0.003) return `1 s = ${count(pxPerMs * 1000)} px`;
  return `1 min = ${count(pxPerMs * 60_000)} px`;
}
