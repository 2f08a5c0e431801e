/**
 * The self-check: every link from this browser to a running lab, tried in the order of the flow.
 *
 * In: probes that try one link each. Out: a result per link, reported as it changes.
 * Knows nothing of fetch, sockets, frames or React.
 */
export const CHECKS = ['api', 'lab', 'websocket', 'events', 'page', 'clock'] as const;
export type CheckId = (typeof CHECKS)[number];

/** What trying a link found. `reason` and `params` choose the text, `detail` is for developers. */
export type Finding =
  | { ok: true; params?: Record<string, string | number> }
  | { ok: false; reason: string; detail?: string; params?: Record<string, string | number> };

export interface CheckResult {
  id: CheckId;
  /** `skipped`: an earlier link is broken, so that trying this one would say nothing. */
  status: 'waiting' | 'running' | 'ok' | 'failed' | 'skipped';
  /** How long the attempt took. */
  ms?: number;
  finding?: Finding;
}

export interface Probes<Lab> {
  api(): Promise<Finding>;
  /** Makes a lab; whoever made it forgets it through `forget`. */
  lab(): Promise<{ finding: Finding; lab?: Lab }>;
  websocket(lab: Lab): Promise<Finding>;
  events(lab: Lab): Promise<Finding>;
  page(lab: Lab): Promise<Finding>;
  clock(lab: Lab): Promise<Finding>;
  forget(lab: Lab): Promise<void>;
  /** Monotonic ms. */
  now(): number;
}

export function waitingResults(): CheckResult[] {
  return CHECKS.map((id) => ({ id, status: 'waiting' }));
}

/** Runs all checks. `report` gets a new list at each change; nothing is reported once `signal` is aborted. */
export async function runChecks<Lab>(
  probes: Probes<Lab>,
  report: (results: CheckResult[]) => void,
  signal: AbortSignal,
): Promise<void> {
  let results = waitingResults();
  const set = (id: CheckId, change: Omit<CheckResult, 'id'>): void => {
    results = results.map((result) => (result.id === id ? { id, ...change } : result));
    if (!signal.aborted) report(results);
  };
  const attempt = async (id: CheckId, probe: () => Promise<Finding>): Promise<boolean> => {
    if (signal.aborted) return false;
    set(id, { status: 'running' });
    const began = probes.now();
    const finding = await probe().catch((error: unknown): Finding => {
      return { ok: false, reason: 'broke', detail: String(error) };
    });
    set(id, { status: finding.ok ? 'ok' : 'failed', ms: probes.now() - began, finding });
    return finding.ok;
  };

  let lab: Lab | undefined;
  const makeLab = async (): Promise<Finding> => {
    const made = await probes.lab();
    lab = made.lab;
    return made.finding;
  };
  const usable = (await attempt('api', probes.api)) && (await attempt('lab', makeLab));
  try {
    for (const id of ['websocket', 'events', 'page', 'clock'] as const) {
      const open = lab;
      if (usable && open !== undefined) await attempt(id, () => probes[id](open));
    }
  } finally {
    // A lab can exist although its code did not run.
    if (lab !== undefined) await probes.forget(lab);
  }
  for (const { id, status } of results) if (status === 'waiting') set(id, { status: 'skipped' });
}

export type Verdict =
  | 'running'
  /** Every link works. */
  | 'ok'
  /** Lessons work, by the detour that exists for this. */
  | 'detour'
  | 'broken';

export function verdictOf(results: CheckResult[]): Verdict {
  if (results.some(({ status }) => status === 'waiting' || status === 'running')) return 'running';
  const bad = results.filter(({ status }) => status !== 'ok').map(({ id }) => id);
  if (bad.length === 0) return 'ok';
  const [first] = bad;
  return bad.length === 1 && (first === 'websocket' || first === 'events') ? 'detour' : 'broken';
}
