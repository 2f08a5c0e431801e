/** `console`: values are frozen at the call and shown as trees; format directives become text, as in Node. */
import type { ConsoleLevel } from '../../console/protocol.ts';
import { freezeValues } from '../../console/freeze.ts';
import { call, now } from './bridge.ts';
import { callSite } from './positions.ts';
import { formatDirectives } from './inspect.ts';

let linesPerTurn = Infinity;
let lines = 0;

export function limitConsole(count: number): void {
  linesPerTurn = count;
}

/** Called when a turn ends: says how many lines were left out, if any. */
export function endConsoleTurn(): void {
  const left = lines - linesPerTurn;
  lines = 0;
  if (left > 0) {
    const text = `${left} more lines were printed in one turn; a lab shows ${linesPerTurn}.`;
    call({ op: 'console', at: now(), level: 'warn', values: freezeValues([text]) });
  }
}

let indent = '';

function print(level: ConsoleLevel, args: unknown[], above: { readonly name: string }): void {
  lines += 1;
  if (lines > linesPerTurn) return;
  const shown = formatDirectives(args);
  if (indent !== '') {
    if (typeof shown[0] === 'string') shown[0] = indent + shown[0];
    else shown.unshift(indent.slice(0, -1));
  }
  call({ op: 'console', at: now(), level, values: freezeValues(shown), position: callSite(above) });
}

const counts = new Map<string, number>();
const timers = new Map<string, number>();

export const console = {
  log: (...args: unknown[]): void => print('log', args, console.log),
  info: (...args: unknown[]): void => print('info', args, console.info),
  debug: (...args: unknown[]): void => print('debug', args, console.debug),
  warn: (...args: unknown[]): void => print('warn', args, console.warn),
  error: (...args: unknown[]): void => print('error', args, console.error),
  dir: (value: unknown): void => print('log', [value], console.dir),
  dirxml: (...args: unknown[]): void => print('log', args, console.dirxml),
  table: (value: unknown): void => print('log', [value], console.table),
  trace(...args: unknown[]): void {
    const holder: { stack?: string } = {};
    Error.captureStackTrace(holder, console.trace);
    const frames = (holder.stack ?? '').split('\n').slice(1).join('\n');
    print('error', [`Trace: ${args.map(String).join(' ')}\n${frames}`.trimEnd()], console.trace);
  },
  assert(condition?: unknown, ...args: unknown[]): void {
    if (condition) return;
    const shown =
      typeof args[0] === 'string'
        ? [`Assertion failed: ${args[0]}`, ...args.slice(1)]
        : ['Assertion failed', ...args];
    print('warn', shown, console.assert);
  },
  count(label = 'default'): void {
    const count = (counts.get(String(label)) ?? 0) + 1;
    counts.set(String(label), count);
    print('log', [`${label}: ${count}`], console.count);
  },
  countReset(label = 'default'): void {
    counts.delete(String(label));
  },
  time(label = 'default'): void {
    timers.set(String(label), now());
  },
  timeLog(label = 'default', ...args: unknown[]): void {
    const began = timers.get(String(label));
    if (began !== undefined) print('log', [`${label}: ${duration(now() - began)}`, ...args], console.timeLog);
  },
  timeEnd(label = 'default'): void {
    const began = timers.get(String(label));
    if (began === undefined) return;
    timers.delete(String(label));
    print('log', [`${label}: ${duration(now() - began)}`], console.timeEnd);
  },
  group(...args: unknown[]): void {
    if (args.length > 0) print('log', args, console.group);
    indent += '  ';
  },
  groupCollapsed: (...args: unknown[]): void => console.group(...args),
  groupEnd(): void {
    indent = indent.slice(2);
  },
};

/** Node's words: `1.234s` from a second on, else `12.345ms`. */
function duration(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`;
}
