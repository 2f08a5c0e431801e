/** A run that is recorded can be gone through again: the playhead is put at a moment of it, stepped, or let go. */
import type { Run } from '../capture/run.ts';
import { useLab } from '../lab/index.ts';
import { useTimeline, viewAt } from './view-store.ts';

/** Messages on either side of the playhead among which the next moment is looked for. */
const AROUND = 32;
/** Moments closer than this are one, ms. */
const APART_MS = 0.01;

/** The recorded run in the picture; null while it goes on. */
export function recordedRun(): Run | null {
  const { paused } = useTimeline.getState();
  const { run } = useLab.getState();
  if (paused) return paused.run;
  return run && !run.live ? run : null;
}

/** Puts the playhead at `t`; what was last sent by then is followed, in the code and the bytes too. */
export function movePlayhead(t: number): void {
  const run = recordedRun();
  if (!run) return;
  const { setPlayhead, follow, setFollow } = useTimeline.getState();
  const at = Math.min(Math.max(0, t), run.end);
  if (follow && !useTimeline.getState().playing) setFollow(false, useTimeline.getState().playhead ?? run.end);
  setPlayhead(at);
  const newest = run.messages.at(run.messages.indexAt(at + APART_MS) - 1);
  const isSent = newest !== undefined && newest.sent <= at + APART_MS;
  const { selection, select } = useLab.getState();
  if (isSent && newest.id !== selection?.message) select({ message: newest.id });
}

/** To the next moment at which something entered the wire or arrived, or back to the one before. */
export function stepPlayhead(way: 'back' | 'on'): void {
  const run = recordedRun();
  if (!run) return;
  const { setPlaying, playhead } = useTimeline.getState();
  setPlaying(false);
  const now = playhead ?? run.end;
  const moments = momentsAround(run, now);
  const next =
    way === 'on' ? moments.find((t) => t > now + APART_MS) : moments.findLast((t) => t < now - APART_MS);
  if (next !== undefined) movePlayhead(next);
}

/** When messages near `t` entered the wire and arrived, in order. */
export function momentsAround({ messages }: Run, t: number): number[] {
  const place = messages.indexAt(t);
  return messages
    .slice(Math.max(0, place - AROUND), place + AROUND)
    .flatMap(({ sent, arrived }) => (arrived === null ? [sent] : [sent, arrived]))
    .sort((a, b) => a - b);
}

/** Lets the playhead go, from the start when it stands at the end; or stops it. */
export function togglePlay(): void {
  const run = recordedRun();
  if (!run) return;
  const { playing, playhead, setPlaying } = useTimeline.getState();
  if (!playing && (playhead === null || playhead >= run.end)) movePlayhead(0);
  setPlaying(!playing);
}

/** Moves the playhead on by so much of real time; it comes to rest at the end of the run. */
export function advance(elapsedMs: number): void {
  const run = recordedRun();
  const { playhead, speed, setPlaying, setPlayhead } = useTimeline.getState();
  if (!run || playhead === null) return setPlaying(false);
  const next = playhead + elapsedMs * speed;
  if (next >= run.end) {
    setPlaying(false);
    return setPlayhead(null);
  }
  movePlayhead(next);
  const { follow, setFollow } = useTimeline.getState();
  const { start, span } = viewAt(useTimeline.getState(), next);
  if (!follow && (next > start + span || next < start)) setFollow(true, next);
}
