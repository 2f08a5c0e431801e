import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';
import { replaceMethod } from './wrap.ts';

/** Tells of `performance.mark` (User Timing Level 3 §2.1), with the answer it came of. */
export function watchMarks({ outbox, sources, tasks, now }: Probe, page: PageWindow): void {
  replaceMethod(page.Performance.prototype, 'mark', (original) => {
    return {
      mark(this: unknown, ...args: unknown[]) {
        const t = now();
        const result = Reflect.apply(original, this, args);
        outbox.emit({ type: 'mark', t, name: String(args[0]), at: sources.here(), call: tasks.call });
        return result;
      },
    }.mark;
  });
}
