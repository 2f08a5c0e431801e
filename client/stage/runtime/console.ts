import { freezeValues } from '#console/freeze';
import type { ConsoleLevel, ConsoleValue } from '#protocol/console';
import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';
import { replaceMethod } from './wrap.ts';

/** Methods that print their arguments, and how loud. */
const LEVELS: Partial<Record<keyof Console & string, ConsoleLevel>> = {
  log: 'log',
  info: 'info',
  warn: 'warn',
  error: 'error',
  debug: 'debug',
  dir: 'log',
  dirxml: 'log',
  table: 'log',
  trace: 'log',
  group: 'log',
  groupCollapsed: 'log',
};

/** Tells of everything that is printed; it goes on to the browser's own console too. */
export function watchConsole({ outbox, sources, tasks, now }: Probe, page: PageWindow): void {
  const { console } = page;
  function print(level: ConsoleLevel, values: unknown[]): void {
    const t = now();
    outbox.emit({
      type: 'console',
      t,
      level,
      values: freezeValues(values).map(tidy),
      at: sources.here(),
      call: tasks.call,
    });
  }

  function tidy(value: ConsoleValue): ConsoleValue {
    if ('entries' in value) {
      return { ...value, entries: value.entries.map(([key, entry]) => [key, tidy(entry)]) };
    }
    return value.kind === 'error' ? { ...value, text: sources.tidy(value.text) } : value;
  }

  /** Wraps a console method; `said` are the values it prints, or null for none. */
  function watch(
    name: keyof Console & string,
    level: ConsoleLevel,
    said: (args: unknown[]) => unknown[] | null,
  ) {
    replaceMethod(console, name, (original) => {
      return {
        method(this: unknown, ...args: unknown[]) {
          const values = said(args);
          if (values) print(level, values);
          return Reflect.apply(original, this, args);
        },
      }.method;
    });
  }

  for (const [name, level] of Object.entries(LEVELS)) {
    watch(name as keyof Console & string, level, (args) => args);
  }
  watch('assert', 'error', ([condition, ...rest]) => (condition ? null : ['Assertion failed', ...rest]));

  const counts = new Map<string, number>();
  watch('count', 'log', ([label = 'default']) => {
    const count = (counts.get(String(label)) ?? 0) + 1;
    counts.set(String(label), count);
    return [`${String(label)}: ${count}`];
  });
  watch('countReset', 'log', ([label = 'default']) => {
    counts.delete(String(label));
    return null;
  });

  const timers = new Map<string, number>();
  const elapsed = (label: unknown): string | null => {
    const started = timers.get(String(label));
    return started === undefined ? null : `${String(label)}: ${(now() - started).toFixed(1)} ms`;
  };
  watch('time', 'log', ([label = 'default']) => {
    timers.set(String(label), now());
    return null;
  });
  watch('timeLog', 'log', ([label = 'default', ...rest]) => {
    const text = elapsed(label);
    return text === null ? null : [text, ...rest];
  });
  watch('timeEnd', 'log', ([label = 'default']) => {
    const text = elapsed(label);
    timers.delete(String(label));
    return text === null ? null : [text];
  });
}
