/** Errors nothing caught, as the lab reports them: engine words made as clear as Node's, learner frames only. */
import type { ErrorCode, ReportedError, SourcePosition } from '../../errors/protocol.ts';
import { HOST_CALL } from '../protocol.ts';
import { askHost } from './bridge.ts';
import { excerptAt } from '../excerpt.ts';
import { sourceOf } from './files.ts';
import { framesOf } from './positions.ts';

/** An error the platform made, which knows its own code and parameters. */
export interface PlatformError extends Error {
  [REPORT]?: { code: ErrorCode; params?: Record<string, string | number>; at?: SourcePosition };
}
export const REPORT = Symbol('report');
const { parse } = JSON;

export function reportOf(error: unknown, origin: 'uncaughtException' | 'unhandledRejection'): ReportedError {
  try {
    if (error instanceof Error) return errorReport(error);
  } catch {
    // Its own parts throw when they are read.
    return { code: 'SERVER_THREW', message: 'Error' };
  }
  return { code: 'SERVER_THREW', message: plainMessage(error, origin) };
}

function errorReport(error: Error): ReportedError {
  const known = (error as PlatformError)[REPORT];
  const frames = framesOf(error.stack);
  const stack = frames.length === 0 ? placeOf(error, known?.at) : frames;
  const at = stack[0];
  const outOfMemory = error.name === 'InternalError' && error.message === 'out of memory';
  const report: ReportedError = {
    code: known?.code ?? (outOfMemory ? 'MEMORY_LIMIT' : 'SERVER_THREW'),
    message: headOf(error),
  };
  if (known?.params) report.params = known.params;
  if (at) Object.assign(report, { at, stack, excerpt: excerptAt(sourceOf(at.file) ?? '', at) });
  return report;
}

/** The place of an error that has no stack: one the platform knows, or the recursion that left no room for a stack. */
function placeOf(error: Error, known: SourcePosition | undefined): SourcePosition[] {
  if (known) return [known];
  if (!(error instanceof RangeError) || error.message !== 'Maximum call stack size exceeded') return [];
  const answer = askHost(HOST_CALL.recursion);
  return answer === undefined ? [] : [parse(answer as string) as SourcePosition];
}

function headOf(error: Error): string {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

/** Node's words for what was thrown without being an Error. */
function plainMessage(value: unknown, origin: string): string {
  let text: string;
  try {
    text =
      typeof value === 'string'
        ? `'${value}'`
        : typeof value === 'object'
          ? (JSON.stringify(value) ?? 'Object')
          : String(value);
  } catch {
    text = 'Object';
  }
  return origin === 'unhandledRejection'
    ? `The promise was rejected with ${text}, which is not an Error`
    : `Uncaught ${text}`;
}
