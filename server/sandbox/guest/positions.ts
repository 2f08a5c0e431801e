/** Where in the learner's files something was called: stacks in, 1-based positions out. */
import type { SourcePosition } from '../../errors/protocol.ts';
import { HOST_CALL } from '../protocol.ts';
import { askHost, call } from './bridge.ts';

/** Names of the learner's scripts; every other frame belongs to the platform. */
const files = new Set<string>();
/** Characters the CommonJS wrapper puts before column 1 of line 1. */
const shifted = new Map<string, number>();

const { captureStackTrace } = Error;
const FRAMES = 8;
const MOST_REFINED = 10_000;
const MOST_SITES = 10_000;

export function addLearnerFile(file: string, firstLineShift = 0): void {
  files.add(file);
  if (firstLineShift > 0) shifted.set(file, firstLineShift);
}

/** The learner's line that called `above` (a public function of a shim), if one did. */
export function callSite(above: { readonly name: string }): SourcePosition | undefined {
  const position = callerOf(above);
  return position && refine(position, above.name);
}

/** Numbers of call sites the main thread knows already, by the method called and the engine's own place of the call. */
const sites = new Map<string, Map<string, number>>();
let siteCount = 0;

/** The number of a call site, told to the main thread when it is new. Asked for at every write. */
export function siteOf(above: { readonly name: string }, name: string): number {
  const place = capture(above, 1, firstLearnerPlace) ?? capture(above, FRAMES, firstLearnerPlace) ?? '';
  return sitesOf(name).get(place) ?? newSite(place, name, callSite(above));
}

/** A site that is known by its position, for events whose place was noted before. */
export function siteAt(position: SourcePosition | undefined, name: string): number {
  const place = position ? `${position.file}:${position.line}:${position.column}` : '';
  return sitesOf(name).get(place) ?? newSite(place, name, position);
}

function sitesOf(name: string): Map<string, number> {
  let known = sites.get(name);
  if (!known) sites.set(name, (known = new Map()));
  return known;
}

function newSite(place: string, name: string, position: SourcePosition | undefined): number {
  // Generated code may have any number of places; beyond the bound they share one without a position.
  if (siteCount >= MOST_SITES) return 0;
  siteCount += 1;
  sitesOf(name).set(place, siteCount);
  call({ op: 'site', site: siteCount, name, position });
  return siteCount;
}

/** Engine positions already looked up, by place and method; a program has few call sites. */
const refined = new Map<string, SourcePosition>();

/** The engine tells the argument it evaluated last; the host knows where the call is written. */
function refine(position: SourcePosition, method: string): SourcePosition {
  const { file, line, column } = position;
  const key = `${file}:${line}:${column}:${method}`;
  const known = refined.get(key);
  if (known) return known;
  return remember(key, position, askHost(HOST_CALL.refine, file, line, column, method));
}

/** Keeps what the host has answered, `line:column` or nothing. */
function remember(key: string, position: SourcePosition, answer: unknown): SourcePosition {
  const place = (answer as string | undefined)?.split(':').map(Number);
  const better = place ? { file: position.file, line: place[0]!, column: place[1]! } : position;
  if (refined.size < MOST_REFINED) refined.set(key, better);
  return better;
}

/** One frame is enough nearly always; a shim that calls a shim needs more. */
function callerOf(above: unknown): SourcePosition | undefined {
  return capture(above, 1, firstLearnerFrame) ?? capture(above, FRAMES, firstLearnerFrame);
}

/** What `read` makes of the stack above a function. */
function capture<T>(
  above: unknown,
  most: number,
  read: (error: unknown, frames: CallSite[]) => T | undefined,
): T | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = read;
  Error.stackTraceLimit = most;
  const holder: { stack?: T } = {};
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

/** The engine's place of the first learner's frame, as text that is the same for the same call. */
function firstLearnerPlace(_error: unknown, frames: CallSite[]): string | undefined {
  // By number: an iterator costs the engine as much as all the rest here.
  for (let index = 0; index < frames.length; index++) {
    const frame = frames[index]!;
    const file = frame.getFileName();
    if (file !== undefined && files.has(file))
      return `${file}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
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
  const places = placesOf(error, frames);
  let text = headOf(error);
  for (const { position, name } of places) {
    const at = `${position.file}:${position.line}:${position.column}`;
    text +=
      name && name !== '<eval>' && name !== '<anonymous>' ? `\n    at ${name} (${at})` : `\n    at ${at}`;
  }
  return text;
}

interface LearnerFrame {
  position: SourcePosition;
  name: string | undefined;
}

/** The learner's frames, each where V8 says that it called the one above. */
function placesOf(error: unknown, frames: CallSite[]): LearnerFrame[] {
  const places: LearnerFrame[] = [];
  let callee = constructorName(error);
  let first = 0;
  const top = frames[0] && positionOf(frames[0]);
  const thrownByEngine = error instanceof Error && frames[0] && (top || frames[0].isNative());
  if (thrownByEngine && frames[0]) {
    // The engine counts the class that was called as a function; V8 does not.
    const isClassCalled = error.message === CLASS_CALLED && frames.length > 1;
    const below = isClassCalled || !top ? frames[1] && positionOf(frames[1]) : top;
    const native = top ? '' : (frames[0].getFunctionName() ?? '');
    const explained = below && explain(error.message, below, native, frames[0].getFunctionName() ?? '');
    if (explained) {
      error.message = explained.message;
      first = below === top ? 1 : 2;
      const at = explained.at ? { file: below.file, ...explained.at } : below;
      places.push({ position: at, name: frames[first - 1]!.getFunctionName() });
      callee = frames[first - 1]!.getFunctionName() ?? '';
    }
  }
  // V8 leaves out the constructors of the error's own class.
  const made = first === 0 && top ? frames.findIndex((frame) => frame.getFunctionName() === callee) : -1;
  if (made >= 0 && frames[made + 1] && isClass(error)) first = made + 1;
  for (const frame of frames.slice(first)) {
    const position = positionOf(frame);
    const name = frame.getFunctionName();
    if (position) places.push({ position: callPlace(position, callee), name });
    callee = name ?? '';
  }
  return places;
}

const CLASS_CALLED = "class constructors must be invoked with 'new'";

function constructorName(error: unknown): string {
  try {
    return String((error as Error).constructor.name);
  } catch {
    return 'Error';
  }
}

function isClass(error: unknown): boolean {
  return error instanceof Error && String(error.constructor).startsWith('class');
}

interface Explained {
  message: string;
  at?: { line: number; column: number };
}

const { parse } = JSON;
const explanations = new Map<string, Explained | undefined>();

/** V8's words and place for an error of the engine. */
function explain(
  message: string,
  { file, line, column }: SourcePosition,
  native: string,
  callee: string,
): Explained | undefined {
  const key = `${file}:${line}:${column}:${native}:${message}`;
  if (explanations.has(key)) return explanations.get(key);
  const answer = askHost(HOST_CALL.explain, file, line, column, message, native, callee);
  const explained = answer === undefined ? undefined : (parse(answer as string) as Explained);
  if (explanations.size < MOST_REFINED) explanations.set(key, explained);
  return explained;
}

/** Where the call of `callee` is written that the engine is in at a position. */
function callPlace(position: SourcePosition, callee: string): SourcePosition {
  const { file, line, column } = position;
  const key = `${file}:${line}:${column}>${callee}`;
  const known = refined.get(key);
  if (known) return known;
  return remember(key, position, askHost(HOST_CALL.frame, file, line, column, callee));
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
