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
    if (now.run && now.run.number !== before.run?.number) useFiles.getState().noteWire();
  });
}
