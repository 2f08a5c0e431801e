/**
 * Which words stand in the state line, and whether something is running: pure, so that both bars
 * (the transport and the one at the bottom of a phone) say the same.
 */
import type { ReportedError } from '#protocol/errors';
import type { LabSnapshot } from '../lab/index.ts';

export type StateView =
  | { tone: 'idle' | 'busy' | 'ok' | 'over'; key: string; count?: number }
  | { tone: 'over'; key: string; name: string }
  | { tone: 'bad'; error: ReportedError }
  | { tone: 'bad'; key: string; since?: number };

type Shown = Pick<LabSnapshot, 'phase' | 'error' | 'run' | 'lostSince'> &
  Partial<Pick<LabSnapshot, 'opened'>>;

export function stateView({ phase, error, run, lostSince, opened }: Shown): StateView {
  if (opened && phase === 'stopped') return { tone: 'over', key: 'state.opened', name: opened.name };
  switch (phase) {
    case 'idle':
      return { tone: 'idle', key: 'state.idle' };
    case 'starting':
      return { tone: 'busy', key: 'state.starting' };
    case 'running': {
      if (run?.state === 'running') return { tone: 'ok', key: 'state.noPort' };
      return { tone: 'ok', key: 'state.running', count: openConnections(run) };
    }
    case 'stopped':
      return { tone: 'over', key: 'state.stopped' };
    case 'failed':
      return error ? { tone: 'bad', error } : { tone: 'bad', key: 'state.failed' };
    case 'unreachable':
      return lostSince === null
        ? { tone: 'bad', key: 'state.unreachable' }
        : { tone: 'bad', key: 'state.lost', since: lostSince };
  }
}

/** True while Stop has something to stop: the server code, also when its telemetry is lost. */
export function canStop({ phase, run }: Pick<LabSnapshot, 'phase' | 'run'>): boolean {
  return phase === 'starting' || phase === 'running' || (phase === 'unreachable' && run !== null && run.live);
}

/** True while a connection is open that can be cut. */
export function canCut({ phase, run, stale }: Pick<LabSnapshot, 'phase' | 'run' | 'stale'>): boolean {
  return phase === 'running' && !stale && openConnections(run) > 0;
}

function openConnections(run: LabSnapshot['run']): number {
  return run ? run.connections.filter((connection) => !connection.ended).length : 0;
}
