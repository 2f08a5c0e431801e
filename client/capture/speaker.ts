import type { WireMessage } from './run.ts';

/** Who says something to whom. */
export type Speaker =
  | 'browser'
  | 'server'
  /** A gateway that gives up waiting answers for itself (RFC 9110 §15.6.5). */
  | 'proxy'
  /** The learner, by hand; and the server to them. */
  | 'workbench'
  | 'toWorkbench';

/** Whose words they are. */
export function speakerOf({ direction, segments, by }: WireMessage): Speaker {
  if (segments[0]?.by === 'proxy') return 'proxy';
  if (by === 'workbench') return direction === 'up' ? 'workbench' : 'toWorkbench';
  return direction === 'up' ? 'browser' : 'server';
}
