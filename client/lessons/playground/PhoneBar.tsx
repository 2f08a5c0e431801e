import { RunButton, StateLine, StopButton } from '../../console/index.ts';
import { MiniWire } from '../../diagram/index.ts';
import { openPosition } from '../../editor/index.ts';
import { useLab } from '../../lab/index.ts';
import { usePanes } from '../panes.ts';
import styles from './PhoneBar.module.css';
import stage from './Stage.module.css';

/** At the bottom of a phone: the wire in small, which opens the wire; there, the state; and Run. */
export function PhoneBar({ onRun, onStop }: { onRun: () => void; onStop: () => void }) {
  const { pane, show } = usePanes();
  const running = useLab(({ phase }) => phase === 'running' || phase === 'starting');
  return (
    <div className={stage.phoneBar}>
      {pane === 'wire' ? (
        <StateLine compact onOpenPosition={openPosition} />
      ) : (
        <MiniWire onOpen={() => show('wire')} />
      )}
      <div className={styles.buttons}>
        {running && <StopButton compact onStop={onStop} />}
        <RunButton compact onRun={onRun} />
      </div>
    </div>
  );
}
