import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Icon } from '../../ui/index.ts';
import { scheduleOf } from '../model/schedule.ts';
import type { RaceResult } from '../model/result.ts';
import type { RaceSettings } from '../model/settings.ts';
import { useRace } from '../store.ts';
import { Board } from './Board.tsx';
import { FiguresTable } from './FiguresTable.tsx';
import { Findings } from './Findings.tsx';
import { Head, RunOrStop } from './Head.tsx';
import styles from './Race.module.css';
import { StateLine } from './StateLine.tsx';

interface Props {
  id?: string;
  /** On a phone: one of the panes. */
  role?: 'tabpanel' | undefined;
  labelledBy?: string | undefined;
  /** It is not in view. */
  inert?: boolean;
  /** Stands before the controls. */
  children?: ReactNode;
}

/** The race: its conditions, its tracks, what it has shown, and its figures. */
export function Race({ id, role, labelledBy, inert, children }: Props) {
  const { t } = useTranslation('race');
  const frames = useRef<HTMLDivElement>(null);
  const { result, settings, phase } = useRace();
  const shown = result && phase !== 'starting' ? result : emptyResult(settings);
  useKeys(frames);

  return (
    <section
      id={id}
      role={role}
      className={styles.race}
      aria-label={labelledBy ? undefined : t('label')}
      aria-labelledby={labelledBy}
      inert={inert}
      data-race={phase}
    >
      <div className={styles.screen}>
        <div>
          <Head frames={frames}>{children}</Head>
          <div className={styles.status}>
            <StateLine />
            <Link href="/choosing">
              {t('toChoosing')}
              <Icon name="right" />
            </Link>
          </div>
        </div>
        <Board result={shown} />
        <Findings result={result} />
      </div>
      {result && phase !== 'starting' && <FiguresTable result={result} />}
      <div className={styles.phoneBar}>
        <StateLine compact />
        <RunOrStop frames={frames} compact />
      </div>
      <div ref={frames} hidden />
    </section>
  );
}

/** The tracks before anything has happened: what is planned, and nothing else. */
function emptyResult(settings: RaceSettings): RaceResult {
  return {
    settings,
    startedAt: 0,
    status: 'stopped',
    from: 0,
    now: 0,
    to: settings.spanMs * 1.12,
    messages: scheduleOf(settings).map(({ at, text }) => ({ text, planned: at, published: null })),
    tracks: [],
  };
}

/** Ctrl/Cmd+Enter runs, Ctrl/Cmd+. stops, X cuts, wherever the focus is but in a field. */
function useKeys(frames: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { phase, start, stop, cut } = useRace.getState();
      const isOn = phase === 'running' || phase === 'starting';
      if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && !isOn) start(frames.current!);
      else if ((event.ctrlKey || event.metaKey) && event.key === '.' && isOn) stop();
      else if (isPlain(event) && event.key.toLowerCase() === 'x' && phase === 'running') cut();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [frames]);
}

function isPlain({ ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  const isField = target instanceof Element && target.matches('input, select, textarea, [contenteditable]');
  return !ctrlKey && !metaKey && !altKey && !isField;
}
