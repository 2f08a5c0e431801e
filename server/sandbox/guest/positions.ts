/** Where in the learner's files something was called: stacks in, 1-based positions out. */
import type { SourcePosition } from '../../errors/protocol.ts';

/** Names of the learner's scripts; every other frame belongs to the platform. */
const files = new Set<string>();
/** Characters the CommonJS wrapper puts before column 1 of line 1. */
const shifted = new Map<string, number>();

const { captureStackTrace } = Error;
const FRAMES = 8;

export function addLearnerFile(file: string, firstLineShift = 0): void {
  files.add(file);
  if (firstLineShift > 0) shifted.set(file, firstLineShift);
}

/** The learner's line that called `above` (a public function of a shim), if one did. */
export function callSite(above: unknown): SourcePosition | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = firstLearnerFrame;
  Error.stackTraceLimit = FRAMES;
  const holder: { stack?: SourcePosition } = {};
  try {
    captureStackTrace(holder, above);
    return holder.stack;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function firstLearnerFrame(_error: unknown, frames: CallSite[]): SourcePosition | undefined {
  for (const frame of frames) {
    const position = positionOf(frame);
    if (position) return position;
  }
  return undefined;
}

function positionOf(frame: CallSite): SourcePosition | undefined {
  const file = frame.getFileName();
  if (file === undefined || !files.has(file)) return undefined;
  return place(file, frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1);
}

function place(file: string, line: number, column: number): SourcePosition {
  const shift = line === 1 ? (shifted.get(file) ?? 0) : 0;
  return { file, line, column: Math.max(1, column - shift) };
}

/**
 * What `error.stack` says, in the form Node prints it: the error, then the learner's frames.
 * QuickJS's own text has no head and would list the platform's frames.
 */
export function formatStack(error: unknown, frames: CallSite[]): string {
  let text = headOf(error);
  for (const frame of frames) {
    const position = positionOf(frame);
    if (!position) continue;
    const at = `${position.file}:${position.line}:${position.column}`;
    const name = frame.getFunctionName();
    text +=
      name && name !== '<eval>' && name !== '<anonymous>' ? `\n    at ${name} (${at})` : `\n    at ${at}`;
  }
  return text;
}

function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error as Error);
  } catch {
    return 'Error';
  }
}

const FRAME = /^\s+at (?:.* \()?(.+?):(\d+):(\d+)\)?$/;

/** The learner's frames of an `error.stack` that `formatStack` wrote. */
export function framesOf(stack: unknown): SourcePosition[] {
  if (typeof stack !== 'string') return [];
  const positions: SourcePosition[] = [];
  for (const line of stack.split('\n')) {
    const match = FRAME.exec(line);
    if (!match || !files.has(match[1]!)) continue;
    positions.push({ file: match[1]!, line: Number(match[2]), column: Number(match[3]) });
  }
  return positions;
}
