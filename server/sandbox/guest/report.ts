/** Errors nothing caught, as the lab reports them: engine words made as clear as Node's, learner frames only. */
import type { ErrorCode, ReportedError, SourcePosition } from '../../errors/protocol.ts';
import { sourceOf } from './files.ts';
import { framesOf } from './positions.ts';

/** An error the platform made, which knows its own code and parameters. */
export interface PlatformError extends Error {
  [REPORT]?: { code: ErrorCode; params?: Record<string, string | number>; at?: SourcePosition };
}
export const REPORT = Symbol('report');

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
  const stack = frames.length === 0 && known?.at ? [known.at] : frames;
  const at = stack[0];
  const outOfMemory = error.name === 'InternalError' && error.message === 'out of memory';
  const report: ReportedError = {
    code: known?.code ?? (outOfMemory ? 'MEMORY_LIMIT' : 'SERVER_THREW'),
    message: headOf(error),
  };
  if (known?.params) report.params = known.params;
  if (at) Object.assign(report, { at, stack, excerpt: excerptAt(at) });
  return report;
}

const LONGEST_LINE = 160;

/** As Node prints it above an uncaught error; nothing for lines too long to be read. */
function excerptAt({ file, line, column }: SourcePosition): string | undefined {
  const text = sourceOf(file)?.split('\n')[line - 1];
  if (text === undefined || text.length > LONGEST_LINE) return undefined;
  return `${text}\n${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}^`;
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
