import { useLab } from '../lab/index.ts';
import { stepPlayhead, togglePlay } from './replay.ts';
import { useTimeline } from './view-store.ts';

/** Marks the band, so that keys know whether it has the focus. */
export const BAND_SELECTOR = '[data-wire-band]';

/** The moment the picture shows at its playhead: where it was put, or when it was paused, or now. */
export function pictureNow(): number {
  const { playhead, paused } = useTimeline.getState();
  return playhead ?? paused?.now ?? runNow();
}

/** Now, but never before something already recorded: the app's clock may lag the server's a little. */
export function runNow(): number {
  const { run, labNow } = useLab.getState();
  if (!run) return 0;
  return run.live ? Math.max(labNow(), run.end) : run.end;
}

export function togglePause(): void {
  const { paused, setPaused } = useTimeline.getState();
  const { run } = useLab.getState();
  if (paused) setPaused(null);
  else if (run?.live) setPaused({ run, now: runNow() });
}

function isLive(): boolean {
  return useLab.getState().run?.live ?? false;
}

export function toggleFollow(): void {
  const { follow, setFollow } = useTimeline.getState();
  setFollow(!follow, pictureNow());
}

export function fitRun(): void {
  useTimeline.getState().fit(Math.max(pictureNow(), 1));
}

/**
 * The single keys of the timeline: `+` `-` `0` `F` `T` anywhere outside text; Space, `,` and `.` only in the band.
 * Returns whether the key was one of them; it is then used up.
 */
export function handleTimelineKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')) return false;
  const act = actionOf(event.key, target?.matches(BAND_SELECTOR) ?? false);
  if (!act) return false;
  event.preventDefault();
  act();
  return true;
}

function actionOf(key: string, inBand: boolean): (() => void) | null {
  const { zoom, toggleTable } = useTimeline.getState();
  switch (key) {
    case '+':
    case '=':
      return () => zoom('in', pictureNow());
    case '-':
      return () => zoom('out', pictureNow());
    case '0':
      return fitRun;
    case 'f':
    case 'F':
      return toggleFollow;
    case 't':
    case 'T':
      return toggleTable;
    case ' ':
      return inBand ? (isLive() ? togglePause : togglePlay) : null;
    case ',':
      return inBand ? () => stepPlayhead('back') : null;
    case '.':
      return inBand ? () => stepPlayhead('on') : null;
    default:
      return null;
  }
}
