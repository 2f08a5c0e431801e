/** `console`: values are frozen at the call and shown as trees; format directives become text, as in Node. */
import type { ConsoleLevel } from '../../console/protocol.ts';
import type { SourcePosition } from '../../errors/protocol.ts';
import { freezeValues } from '../../console/freeze.ts';
import { call, now } from './bridge.ts';
import { callSite } from './positions.ts';
import { format, formatDirectives, inspect } from './inspect.ts';
import { invalidArgument } from './node-error.ts';
import { part } from './on-demand.ts';

let linesPerTurn = Infinity;
let lines = 0;

export function limitConsole(count: number): void {
  linesPerTurn = count;
}

/** Called when a turn ends: says how many lines were left out, if any. */
export function endConsoleTurn(): void {
  flushOutput();
  const left = lines - linesPerTurn;
  lines = 0;
  if (left > 0) {
    const text = `${left} more lines were printed in one turn; a lab shows ${linesPerTurn}.`;
    call({ op: 'console', at: now(), level: 'warn', values: freezeValues([text]) });
  }
}

let indent = '';

function print(level: ConsoleLevel, args: unknown[], above: { readonly name: string }): void {
  flushOutput();
  lines += 1;
  if (lines > linesPerTurn) return;
  const shown = formatDirectives(args);
  if (indent !== '') {
    if (typeof shown[0] === 'string') shown[0] = indent + shown[0].replaceAll('\n', `\n${indent}`);
    else shown.unshift(indent.slice(0, -1));
  }
  call({ op: 'console', at: now(), level, values: freezeValues(shown), position: callSite(above) });
}

/** What `process.stdout.write` was given without a line's end. */
const pending: Record<'log' | 'error', string> = { log: '', error: '' };

/** Text for a terminal: its lines are printed, the rest waits for the next text, line or turn. */
export function printText(level: 'log' | 'error', text: string): void {
  const all = (pending[level] + text).split('\n');
  pending[level] = all.pop() ?? '';
  for (const line of all) printLine(level, line);
}

function printLine(level: 'log' | 'error', line: string): void {
  lines += 1;
  if (lines > linesPerTurn) return;
  call({ op: 'console', at: now(), level, values: freezeValues([line]) });
}

function flushOutput(): void {
  for (const level of ['log', 'error'] as const) {
    const rest = pending[level];
    pending[level] = '';
    if (rest !== '') printLine(level, rest);
  }
}

/** A warning of Node's own, as it stands on a terminal. */
export function printWarning(text: string, position?: SourcePosition): void {
  call({ op: 'console', at: now(), level: 'warn', values: freezeValues([text]), position });
}

const counts = new Map<string, number>();
const timers = new Map<string, number>();
let warn: (text: string) => void = () => undefined;
/** How warnings are emitted: `process` knows. */
export function onConsoleTrouble(emit: (text: string) => void): void {
  warn = emit;
}
const trouble = (name: string, text: string): void =>
  warn(name === 'countReset' ? text : `${text} for console.${name}()`);

export const console = {
  log: (...args: unknown[]): void => print('log', args, console.log),
  info: (...args: unknown[]): void => print('info', args, console.info),
  debug: (...args: unknown[]): void => print('debug', args, console.debug),
  warn: (...args: unknown[]): void => print('warn', args, console.warn),
  error: (...args: unknown[]): void => print('error', args, console.error),
  dir: (value: unknown, options?: object): void =>
    print('log', [options ? inspect(value, { customInspect: false, ...options }) : value], console.dir),
  dirxml: (...args: unknown[]): void => print('log', args, console.dirxml),
  table(value: unknown, properties?: string[]): void {
    if (properties !== undefined && !Array.isArray(properties))
      throw invalidArgument('properties', 'an instance of Array', properties);
    const make = part('table').tableText as (value: unknown, properties?: string[]) => string | undefined;
    print('log', [make(value, properties) ?? value], console.table);
  },
  trace(...args: unknown[]): void {
    const holder: { stack?: string } = {};
    Error.captureStackTrace(holder, console.trace);
    const frames = (holder.stack ?? '').split('\n').slice(1).join('\n');
    const text = format(...args);
    print('error', [`Trace${text === '' ? '' : `: ${text}`}\n${frames}`.trimEnd()], console.trace);
  },
  assert(condition?: unknown, ...args: unknown[]): void {
    if (condition) return;
    const shown =
      typeof args[0] === 'string'
        ? [`Assertion failed: ${args[0]}`, ...args.slice(1)]
        : ['Assertion failed', ...args];
    print('warn', shown, console.assert);
  },
  clear: (): void => undefined,
  count(label: unknown = 'default'): void {
    const name = String(label);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    print('log', [`${name}: ${count}`], console.count);
  },
  countReset(label: unknown = 'default'): void {
    if (!counts.delete(String(label))) trouble('countReset', `Count for '${String(label)}' does not exist`);
  },
  time(label: unknown = 'default'): void {
    if (timers.has(String(label))) trouble('time', `Label '${String(label)}' already exists`);
    else timers.set(String(label), now());
  },
  timeLog(label: unknown = 'default', ...args: unknown[]): void {
    const began = timers.get(String(label));
    if (began === undefined) trouble('timeLog', `No such label '${String(label)}'`);
    else print('log', [`${String(label)}: ${duration(now() - began)}`, ...args], console.timeLog);
  },
  timeEnd(label: unknown = 'default'): void {
    const began = timers.get(String(label));
    if (began === undefined) return trouble('timeEnd', `No such label '${String(label)}'`);
    timers.delete(String(label));
    print('log', [`${String(label)}: ${duration(now() - began)}`], console.timeEnd);
  },
  timeStamp: (): void => undefined,
  profile: (): void => undefined,
  profileEnd: (): void => undefined,
  group(...args: unknown[]): void {
    if (args.length > 0) print('log', args, console.group);
    indent += '  ';
  },
  groupCollapsed: (...args: unknown[]): void => console.group(...args),
  groupEnd(): void {
    indent = indent.slice(2);
  },
};

/** Node's words: `1:02.345 (m:ss.mmm)`, `1.234s`, else `12.345ms`. */
function duration(ms: number): string {
  if (ms >= 3_600_000) {
    const minutes = Math.floor(ms / 60_000) % 60;
    return `${Math.floor(ms / 3_600_000)}:${String(minutes).padStart(2, '0')}:${secondsOf(ms)} (h:mm:ss)`;
  }
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)}:${secondsOf(ms)}${thousandths(ms)} (m:ss.mmm)`;
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`;
}
const secondsOf = (ms: number): string => String(Math.floor(ms / 1000) % 60).padStart(2, '0');
const thousandths = (ms: number): string => `.${String(Math.floor(ms) % 1000).padStart(3, '0')}`;
