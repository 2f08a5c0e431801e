/** Which failure stands over the wire: pure, so that each case has a test. */
import type { ReportedError } from '#protocol/errors';
import type { LabSnapshot } from '../lab/index.ts';

export type Notice =
  | { kind: 'failed'; error: ReportedError }
  /** The page's thread does not answer; `forMs` grows. */
  | { kind: 'silent'; forMs: number }
  /** `since`: lab time of the last record, null when the server could not be reached at all. */
  | { kind: 'unreachable'; since: number | null };

type Shown = Pick<LabSnapshot, 'phase' | 'error' | 'run' | 'stale' | 'pageSilentMs' | 'lostSince'>;

/** The worst first: without the server nothing else can be known. */
export function noticeOf({ phase, error, run, stale, pageSilentMs, lostSince }: Shown): Notice | null {
  if (phase === 'unreachable') return { kind: 'unreachable', since: lostSince };
  // What ended a run is drawn on the wire, at its time; here stands what kept one from beginning.
  if (phase === 'failed' && error && (run === null || stale)) return { kind: 'failed', error };
  if (phase === 'running' && pageSilentMs !== null) return { kind: 'silent', forMs: pageSilentMs };
  return null;
}

/** What hiding a notice hides: this failure, not the next one. */
export function noticeKey(notice: Notice | null): unknown {
  return notice?.kind === 'failed' ? notice.error : (notice?.kind ?? null);
}
