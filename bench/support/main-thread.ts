/** What the main thread of a page does, frame by frame, from a trace of Chromium. */
import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  /** Time of the wall, and of the thread's own: on a machine with other work they differ. */
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/**
 * Traces while `during` runs. Returns the work of each frame, ms of the thread's own time: all tasks from one
 * frame's begin to the next.
 */
export async function workPerFrame(
  browser: Browser,
  page: Page,
  during: () => Promise<void>,
): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await during();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return framesOf(trace.traceEvents);
}

function framesOf(events: TraceEvent[]): number[] {
  const mainThreads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const byThread = new Map<string, TraceEvent[]>();
  for (const event of events) {
    const thread = `${event.pid}/${event.tid}`;
    if (!mainThreads.has(thread) || !isOfInterest(event)) continue;
    const own = byThread.get(thread);
    if (own) own.push(event);
    else byThread.set(thread, [event]);
  }
  // The app's page is the one that draws most; the learner's page may share its thread.
  const [busiest] = [...byThread.values()].sort((a, b) => beginsIn(b) - beginsIn(a));
  if (!busiest) throw new Error('The trace has no main thread.');
  busiest.sort((a, b) => a.ts - b.ts);
  const frames: number[] = [];
  let work: number | null = null;
  let taskEnd = 0;
  for (const event of busiest) {
    const { ts, dur = 0, tdur = dur } = event;
    if (isBegin(event)) {
      if (work !== null) frames.push(work / 1000);
      work = 0;
    } else if (work !== null && ts >= taskEnd) {
      // Tasks within tasks are part of the outer one.
      work += tdur;
      taskEnd = ts + dur;
    }
  }
  return frames;
}

function isOfInterest(event: TraceEvent): boolean {
  return isBegin(event) || (event.name === 'ThreadControllerImpl::RunTask' && event.ph === 'X');
}

/** A frame begins (the Long Animation Frames API calls it so, too). */
function isBegin({ name, ph }: TraceEvent): boolean {
  return name === 'AnimationFrame' && ph === 'b';
}

function beginsIn(events: TraceEvent[]): number {
  return events.filter(isBegin).length;
}

/** The value below which this share of `values` lies. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
