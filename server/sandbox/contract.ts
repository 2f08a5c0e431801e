/**
 * The sandbox seen from the lab: run untrusted server code, and be told what it does.
 *
 * In: a learner's files. Out: calls on a `SandboxHost` (open a port, here is what happened).
 * Knows nothing of labs, telemetry, taps or HTTP APIs: the host hands it sockets.
 */
import type { Duplex } from 'node:stream';
import type { ConsoleLevel, ConsoleValue } from '../console/protocol.ts';
import type { ReportedError, SourcePosition } from '../errors/protocol.ts';

export interface SandboxSpec {
  /** File name to UTF-8 text; `server.js` is the entry. All of them are the guest's `fs`. */
  files: Record<string, string>;
  /** The guest's `process.env`, nothing else of the real one. */
  env: Record<string, string>;
}

export type SandboxEvent = { /** Process-wide monotonic ms, `monotonicMs()`. */ at: number } & (
  | { type: 'console'; level: ConsoleLevel; values: ConsoleValue[]; position?: SourcePosition }
  | { type: 'mark'; name: string; position?: SourcePosition }
  | { type: 'timer'; kind: 'timeout' | 'interval' | 'immediate'; position?: SourcePosition }
  /** A `request` listener of the guest is about to be called. */
  | { type: 'request'; socket: Duplex; method: string; target: string; position?: SourcePosition }
  /** The guest was handed these bytes of a connection that it reads itself; `offset` counts all that came. */
  | {
      type: 'handed';
      socket: Duplex;
      offset: number;
      length: number;
      name: string;
      position?: SourcePosition;
    }
  /** Caught by nobody; `fatal` when the run ends because of it. */
  | { type: 'thrown'; error: ReportedError; fatal: boolean }
);

/** Why a sandbox ended. */
export type SandboxEnd =
  | { reason: 'disposed' }
  /** `process.exit(code)`, or nothing left that could ever call the guest again. */
  | { reason: 'exit'; code: number }
  | { reason: 'error'; error: ReportedError };

/** One open port. */
export interface SandboxListener {
  /** Stops accepting; open connections go on. */
  close(): void;
}

export interface ListenOptions {
  /** Hand over each connection as soon as it is accepted: the server may speak first. */
  immediate?: boolean;
}

/** What the lab does for one sandbox. All calls come on the main thread. */
export interface SandboxHost {
  /**
   * Opens virtual port `port` (0: any). Every accepted connection is handed over as a Duplex, already
   * tapped. Rejects with a Node-style error (`code: 'EADDRINUSE' | 'EACCES'`, `syscall: 'listen'`).
   */
  listen(
    port: number,
    onConnection: (socket: Duplex) => void,
    options?: ListenOptions,
  ): Promise<SandboxListener & { port: number }>;
  /** Runs `work`, in which bytes may be written to sockets, in the name of a line of guest code. */
  attribute(call: { name: string; position?: SourcePosition }, work: () => void): void;
  event(event: SandboxEvent): void;
  /**
   * The sandbox's thread was lost because of another guest: `server.js` begins again with the same files and
   * env behind this host. Its connections and listeners are closed right after this call; a host that wants to
   * keep its real ports for the next `listen` can do so. A console warning follows.
   */
  restarting?(): void;
  /** The program that began again has had its first turn, and every `listen` in it has been answered. */
  restarted?(): void;
  /** Called once, last. */
  ended(end: SandboxEnd): void;
}

export interface Sandbox {
  /** Ends the guest at once, also out of an endless loop. Idempotent. `ended` follows. */
  dispose(): void;
}

export interface SandboxPool {
  /**
   * Parses the files and runs the first turn of `server.js` (for a module: until its top-level
   * `await` settles or yields). Resolves when that turn has ended without an uncaught error and every
   * `listen` it called has been answered. Rejects with `SandboxError` otherwise; `ended` is called too.
   */
  start(spec: SandboxSpec, host: SandboxHost): Promise<Sandbox>;
  /** Figures for health and bench. */
  stats(): { workers: number; sandboxes: number };
  close(): Promise<void>;
}

/** A run that could not begin, or ended by an error. */
export class SandboxError extends Error {
  readonly reported: ReportedError;
  constructor(reported: ReportedError) {
    super(reported.message);
    this.name = 'SandboxError';
    this.reported = reported;
  }
}

export { monotonicMs } from '../clock.ts';
