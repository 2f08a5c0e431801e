import { describe, expect, it } from 'vitest';
import { runChecks, verdictOf, type CheckResult, type Finding, type Probes } from './checks.ts';

const fine: Finding = { ok: true };
const broken = (reason: string): Finding => ({ ok: false, reason });

/** Probes that find what is given, and note the order in which they were asked. */
function probes(given: Partial<Record<string, Finding>> = {}): Probes<string> & { asked: string[] } {
  const asked: string[] = [];
  let ms = 0;
  const find = (id: string) => async () => {
    asked.push(id);
    return given[id] ?? fine;
  };
  return {
    asked,
    api: find('api'),
    lab: async () => ({ finding: await find('lab')(), lab: given.lab?.ok === false ? undefined : 'lab-1' }),
    websocket: find('websocket'),
    events: find('events'),
    page: find('page'),
    clock: find('clock'),
    forget: async (lab) => void asked.push(`forget ${lab}`),
    now: () => (ms += 5),
  };
}

async function check(given: Parameters<typeof probes>[0] = {}, signal = new AbortController().signal) {
  const tried = probes(given);
  const reports: CheckResult[][] = [];
  await runChecks(tried, (results) => reports.push(results), signal);
  return { asked: tried.asked, reports, last: reports.at(-1) ?? [] };
}

describe('runChecks', () => {
  it('tries every link in the order of the flow and forgets the lab', async () => {
    const { asked, last } = await check();
    expect(asked).toEqual(['api', 'lab', 'websocket', 'events', 'page', 'clock', 'forget lab-1']);
    expect(last.every(({ status, ms }) => status === 'ok' && ms === 5)).toBe(true);
    expect(verdictOf(last)).toBe('ok');
  });

  it('reports one link at a time as running', async () => {
    const { reports } = await check();
    const running = reports.map((results) => results.filter(({ status }) => status === 'running').length);
    expect(Math.max(...running)).toBe(1);
    expect(verdictOf(reports[0]!)).toBe('running');
  });

  it('skips what a broken API would make fail as well', async () => {
    const { asked, last } = await check({ api: broken('noAnswer') });
    expect(asked).toEqual(['api']);
    expect(last.map(({ status }) => status)).toEqual(['failed', ...Array(5).fill('skipped')]);
    expect(verdictOf(last)).toBe('broken');
  });

  it('goes on after a blocked WebSocket and calls it a detour', async () => {
    const { asked, last } = await check({ websocket: broken('closed') });
    expect(asked).toContain('clock');
    expect(last.find(({ id }) => id === 'websocket')).toMatchObject({
      status: 'failed',
      finding: { reason: 'closed' },
    });
    expect(verdictOf(last)).toBe('detour');
  });

  it('calls it broken when neither way of telemetry is open', async () => {
    const { last } = await check({ websocket: broken('closed'), events: broken('buffered') });
    expect(verdictOf(last)).toBe('broken');
  });

  it('turns a probe that throws into a finding, and still forgets the lab', async () => {
    const tried = probes();
    tried.page = async () => {
      throw new TypeError('no document');
    };
    let last: CheckResult[] = [];
    await runChecks(tried, (results) => (last = results), new AbortController().signal);
    expect(last.find(({ id }) => id === 'page')).toMatchObject({
      status: 'failed',
      finding: { reason: 'broke', detail: 'TypeError: no document' },
    });
    expect(tried.asked).toContain('forget lab-1');
  });

  it('reports nothing after it was aborted, and asks nothing more but to forget', async () => {
    const controller = new AbortController();
    const tried = probes();
    tried.websocket = async () => {
      controller.abort();
      return fine;
    };
    const reports: CheckResult[][] = [];
    await runChecks(tried, (results) => reports.push(results), controller.signal);
    expect(tried.asked).toEqual(['api', 'lab', 'forget lab-1']);
    expect(reports.at(-1)!.find(({ id }) => id === 'websocket')!.status).toBe('running');
  });
});
