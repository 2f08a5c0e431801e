/**
 * The lab as the screens see it: `useLab` (zustand, in `client/lab/store.ts`) has this shape.
 *
 * In: files and button presses. Out: the run being recorded, and what is followed.
 * Knows nothing of React components, of how a run is drawn, or of where edits are kept.
 */
import type { ReportedError } from '#protocol/errors';
import type { CreateLabBody, CutBody, ExchangeView, Profile } from '#protocol/labs';
import type { Conditions } from '#protocol/telemetry';
import type { RunFileHeader, RunFileProblem } from '../capture/index.ts';
import type { Run, Selection, WireMessage } from '../capture/run.ts';

export type LabPhase =
  /** Nothing was run yet. */
  | 'idle'
  /** Run was pressed; the server code's first turn has not ended. */
  | 'starting'
  | 'running'
  | 'stopped'
  /** The run ended, or did not begin, because of `error`. */
  | 'failed'
  /** The app's server does not answer, or telemetry was lost: see `lostSince` and the self-check. */
  | 'unreachable';

/** A file that a run was opened from. */
export interface OpenedFile {
  name: string;
  header: RunFileHeader;
  /** It ends in the middle: what came before was read. */
  truncated: boolean;
}

export interface LabSnapshot {
  phase: LabPhase;
  error: ReportedError | null;
  /** The run on the wire: this one, or the last one while a new one could not begin (`stale`). */
  run: Run | null;
  /** True while `run` is not what the present code did: drawn dimmed. */
  stale: boolean;
  /** Address of the learner's page; null while there is none. */
  pageUrl: string | null;
  /** The old browser that the learner's page is made to look like; null when it is as it is. */
  profile: Profile | null;
  /** Wall clock (performance.now() of the app) when Run was pressed; for "starting server.js, 0.4 s". */
  startedAt: number | null;
  conditions: Conditions;
  selection: Selection | null;
  /** The page has not answered for this long (ms): an endless loop the guard could not see; null when it answers. */
  pageSilentMs: number | null;
  /** Lab time since when nothing is recorded because telemetry is lost; null while it arrives. */
  lostSince: number | null;
  /** The file that the run on the wire was opened from; null for a run of this lab. */
  opened: OpenedFile | null;
  /** Share of a file that has been read, 0 to 1; null while none is. */
  opening: number | null;
  /** Why a file was not opened. */
  openProblem: RunFileProblem | null;
  /** How telemetry comes: shown by the self-check. */
  transport: 'websocket' | 'event-stream' | null;
}

export interface LabActions {
  /** Starts (or starts again) with these files. Never throws: failures become `phase` and `error`. */
  start(spec: {
    files: Record<string, string>;
    page: NonNullable<CreateLabBody['page']>;
    conditions: Conditions;
    /** Id of the lesson whose code this is, for the file of the run. */
    lesson?: string;
    /** The old browser that the page is made to look like; as it is when absent. */
    profile?: Profile | null;
    /** The server is the room, on so many ports; `files` are of no use then. */
    room?: CreateLabBody['room'];
  }): Promise<void>;
  stop(): Promise<void>;
  setConditions(conditions: Partial<Conditions>): Promise<void>;
  /** Cuts open connections: every one by a reset now, unless `how` says otherwise. */
  cut(how?: CutBody): Promise<void>;
  /**
   * Sends bytes to a port of the run, as they are, and reads the answer. Never throws: `problem` says why there is none,
   * null when the server cannot be reached.
   */
  exchange(port: number, bytes: Uint8Array): Promise<ExchangeView | { problem: ReportedError | null }>;
  reconnect(): void;
  /** Forgets everything (another lesson was opened). */
  leave(): void;
  select(selection: Selection | null): void;
  clearConsole(): void;
  /** The run as a file, as it is now; null when there is none to save. */
  saveRun(): Promise<File | null>;
  /** Address of the run's bytes as pcapng; null when the server does not have them (any more). */
  captureUrl(): string | null;
  /** Shows the run that a file holds, in the place of this one. Never throws: failures become `openProblem`. */
  openRun(file: File): Promise<void>;
  /** Ends the reading of a file: what was read of it stays. */
  stopOpening(): void;
  /** Lab time now, ms; the end of the run when it is over; 0 without a run. */
  labNow(): number;
  /** The recorded bytes of a message; unrecorded ranges are absent from `segments[].recorded` and zero here. */
  bytesOf(message: WireMessage): Uint8Array;
}

export type LabStore = LabSnapshot & LabActions;
