import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { MainButton, ToolIcon } from '../../ui/index.ts';
import { useRace } from '../store.ts';
import { Chips } from './Chips.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import styles from './Head.module.css';
import { TypeMessage } from './TypeMessage.tsx';

interface Props {
  /** Takes the frames of a race. */
  frames: RefObject<HTMLElement | null>;
  /** What stands before the controls where the lesson's text does not. */
  children?: React.ReactNode;
}

/** What is raced, and the buttons that begin and end it. */
export function Head({ frames, children }: Props) {
  const { t } = useTranslation('race');
  const typed = useRace(({ settings }) => settings.schedule === 'typed');
  const running = useRace(({ phase }) => phase === 'running');
  return (
    <header className={styles.head}>
      {children}
      <div className={styles.controls}>
        <div className={styles.run}>
          <RunOrStop frames={frames} />
        </div>
        <button
          type="button"
          className={styles.button}
          aria-disabled={!running}
          aria-keyshortcuts="X"
          title={running ? undefined : t('cutNothing')}
          onClick={() => running && useRace.getState().cut()}
        >
          <ToolIcon name="cut" />
          {t('cut')}
        </button>
        <span className={styles.rule} />
        <Chips />
        <ExportMenu />
      </div>
      {typed && <TypeMessage />}
    </header>
  );
}

/** Starts a race, and ends it while it runs. `compact`: for the bar at the bottom of a phone. */
export function RunOrStop({
  frames,
  compact = false,
}: {
  frames: RefObject<HTMLElement | null>;
  compact?: boolean;
}) {
  const { t } = useTranslation('race');
  const phase = useRace((race) => race.phase);
  const again = useRace(({ result }) => result !== null);
  const isOn = phase === 'running' || phase === 'starting';
  return (
    <MainButton
      icon={isOn ? 'stop' : 'run'}
      aria-keyshortcuts={isOn ? 'Control+. Meta+.' : 'Control+Enter Meta+Enter'}
      compact={compact}
      onClick={() => (isOn ? useRace.getState().stop() : useRace.getState().start(frames.current!))}
    >
      {t(isOn ? 'stop' : again ? 'again' : 'run')}
    </MainButton>
  );
}
