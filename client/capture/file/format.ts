/**
 * The file of a run: gzip (RFC 1952) of NDJSON, one JSON value a line, UTF-8. The first line is a `RunFileHeader`,
 * every other a `RunFileLine`: what capture was told, in the order in which it was told, so that a file is opened
 * by telling it again. `gunzip` and any text tool read it; nothing in it depends on a language.
 *
 * Versions: a reader opens files of its own version and of older ones. Lines of an unknown kind are passed over, so
 * a new kind of line needs no new version; another meaning of a known one does.
 */
import type { TelemetryEvent } from '#protocol/telemetry';
import type { PageEvent } from '../../stage/protocol.ts';

export const RUN_FILE_FORMAT = 'switching-protocols/run';
export const RUN_FILE_VERSION = 1;
export const RUN_FILE_EXTENSION = '.run.gz';

export interface RunFileHeader {
  format: typeof RUN_FILE_FORMAT;
  version: number;
  /** Id of the lesson whose code ran; null for none. */
  lesson: string | null;
  /** The files as they ran. */
  files: Record<string, string>;
}

export type RunFileLine =
  | { telemetry: TelemetryEvent[] }
  /** Times in lab time; `page` is the page's name where there is more than one. */
  | { pageEvents: PageEvent[]; run: number; page: string | null }
  /** Page events that follow are placed to within this many ms. */
  | { clockErrorMs: number }
  | { lost: number }
  | { recovered: number }
  | { abandoned: number }
  /** Nothing after this lab time was kept: the recording had become too long for a file. */
  | { cut: number };

/** Why a file is not opened; texts in `lab:runFile.error.*`. */
export type RunFileProblem =
  /** Neither gzip nor NDJSON, or damaged from its start. */
  | 'unreadable'
  /** Something else in JSON. */
  | 'foreign'
  /** Written by a newer version. */
  | 'newer';

export class RunFileError extends Error {
  readonly problem: RunFileProblem;

  constructor(problem: RunFileProblem) {
    super(`The file of the run is ${problem}.`);
    this.name = 'RunFileError';
    this.problem = problem;
  }
}

/** Reads the first line. @throws RunFileError */
export function readHeader(line: string): RunFileHeader {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new RunFileError('unreadable');
  }
  if (!isObject(value) || value.format !== RUN_FILE_FORMAT || typeof value.version !== 'number') {
    throw new RunFileError('foreign');
  }
  if (value.version > RUN_FILE_VERSION) throw new RunFileError('newer');
  const files = isObject(value.files) ? Object.entries(value.files) : [];
  return {
    format: RUN_FILE_FORMAT,
    version: value.version,
    lesson: typeof value.lesson === 'string' ? value.lesson : null,
    files: Object.fromEntries(files.filter((file): file is [string, string] => typeof file[1] === 'string')),
  };
}

/** Reads another line; null for one that is damaged or of a kind that this version does not know. */
export function readLine(line: string): RunFileLine | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  if ('telemetry' in value) return areEvents(value.telemetry) ? (value as RunFileLine) : null;
  if ('pageEvents' in value) {
    const isNamed = value.page === null || typeof value.page === 'string';
    return areEvents(value.pageEvents) && typeof value.run === 'number' && isNamed
      ? (value as RunFileLine)
      : null;
  }
  const known = ['clockErrorMs', 'lost', 'recovered', 'abandoned', 'cut'];
  return known.some((name) => Number.isFinite(value[name])) ? (value as RunFileLine) : null;
}

function areEvents(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    (value as unknown[]).every(
      (event) => isObject(event) && typeof event.type === 'string' && Number.isFinite(event.t),
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
