import { useLab } from '../lab/index.ts';
import { useFiles } from './files-store.ts';

let following = false;

/** Remembers which text each run was made of, so that its line numbers can be found again after edits. */
export function followRuns(): void {
  if (following) return;
  following = true;
  useLab.subscribe((now, before) => {
    const again = before.phase !== 'starting' || before.startedAt !== now.startedAt;
    if (now.phase === 'starting' && again) useFiles.getState().noteRun();
    // Numbers begin again in a new lab, so the time belongs to a run's name.
    const another = now.run?.number !== before.run?.number || now.run?.startedAt !== before.run?.startedAt;
    if (now.run && another) useFiles.getState().noteWire();
  });
}
