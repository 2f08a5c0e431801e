/**
 * What a lab tells the browser while it runs: the contract of `GET /api/labs/:id/wire`.
 *
 * In: events of one lab in the order they happened. Out: batches (JSON arrays), over WebSocket or,
 * where that is blocked, the same batches as `text/event-stream`.
 * Knows nothing of how bytes are read: the server copies bytes and understands none of them.
 *
 * Clock: every `t` is in ms (fractions kept) since the start of the run, read from the server's
 * monotonic clock. A page's clock is related to it by `client/lab/clock.ts`.
 *
 * Direction is seen from the browser: `up` is browser to server, `down` is server to browser.
 */
import type { ConsoleLevel, ConsoleValue } from '../console/protocol.ts';
import type { ReportedError, SourcePosition } from '../errors/protocol.ts';

export const TELEMETRY_VERSION = 1;

export type Direction = 'up' | 'down';

export type LabState =
  /** The server code's first turn has not ended. */
  | 'starting'
  /** Running, at least one port open. */
  | 'listening'
  /** Running, no port open. */
  | 'running'
  /** Ended by Stop, by `process.exit`, or because nothing was left to do. */
  | 'stopped'
  /** Ended by an error; the `state` event carries it. */
  | 'failed';

/** The network between the browser and the server code, applied to the real sockets. */
export interface Conditions {
  /** One-way delay in ms, each direction. */
  latencyMs: number;
  /** Uniform random extra delay, 0 to this many ms, each direction; order is kept. */
  jitterMs: number;
}

interface Stamped {
  /** Position in the lab's stream, from 1, without holes: a hole is a loss. */
  seq: number;
  t: number;
}

/** A run began; what came before belongs to earlier runs. */
export interface RunEvent extends Stamped {
  type: 'run';
  run: number;
  /** Wall clock at t = 0, ms since 1970; for labels only. */
  startedAt: number;
}

export interface StateEvent extends Stamped {
  type: 'state';
  state: LabState;
  error?: ReportedError;
}

/** `listen(port)` succeeded. */
export interface PortEvent extends Stamped {
  type: 'port';
  port: number;
  /** Origin (no trailing slash) under which the browser reaches it. */
  url: string;
}

export interface ConditionsEvent extends Stamped {
  type: 'conditions';
  conditions: Conditions;
}

/** A TCP connection that carries the learner's traffic was accepted. */
export interface ConnectionEvent extends Stamped {
  type: 'connection';
  connection: number;
  /** The port the code listens on, not the real one. */
  port: number;
  remote: { address: string; port: number };
}

/**
 * Bytes entered the wire: `up` when the kernel handed them over, `down` when the server code's
 * HTTP stack wrote them. One event is one read or one write, never merged, never split.
 */
export interface BytesEvent extends Stamped {
  type: 'bytes';
  connection: number;
  direction: Direction;
  /** Offset of the first byte in this direction of the connection. */
  offset: number;
  length: number;
  /** The bytes; absent when the recording limit was met (`length` still holds): a gap. */
  base64?: string;
}

/** All bytes below `end` have left the emulated network on the other side. */
export interface ArrivedEvent extends Stamped {
  type: 'arrived';
  connection: number;
  direction: Direction;
  end: number;
}

/** One side ended or lost the connection. */
export interface ConnectionEndEvent extends Stamped {
  type: 'connection-end';
  connection: number;
  /** `cut` is the learner's scissors, `stop` the end of the run. */
  by: 'browser' | 'server' | 'cut' | 'stop';
  /** Set when it did not end in order, e.g. `ECONNRESET`. */
  error?: string;
}

/** Server code called into the HTTP stack; the bytes [offset, offset + length) came of it. */
export interface CallEvent extends Stamped {
  type: 'call';
  connection: number;
  /** `res.writeHead`, `res.write`, `res.end`, `socket.write`… */
  name: string;
  offset: number;
  length: number;
  at?: SourcePosition;
}

/** Server code was called: a `request` handler got its request. */
export interface RequestEvent extends Stamped {
  type: 'request';
  connection: number;
  method: string;
  target: string;
  /** Where the handler was given to `createServer` or `on('request')`. */
  at?: SourcePosition;
}

export interface ConsoleEvent extends Stamped {
  type: 'console';
  level: ConsoleLevel;
  values: ConsoleValue[];
  at?: SourcePosition;
}

/** `performance.mark(name)`: the learner's code names a moment (User Timing). */
export interface MarkEvent extends Stamped {
  type: 'mark';
  name: string;
  at?: SourcePosition;
}

/** A timer of the server code fired. */
export interface TimerEvent extends Stamped {
  type: 'timer';
  kind: 'timeout' | 'interval' | 'immediate';
  /** Where it was set. */
  at?: SourcePosition;
}

/** Server code threw. When nothing caught it the run fails: a `state` event follows. */
export interface ThrownEvent extends Stamped {
  type: 'thrown';
  error: ReportedError;
}

/** Events that were dropped on the server: how many, from when to `t`. Drawn as a gap. */
export interface GapEvent extends Stamped {
  type: 'gap';
  from: number;
  events: number;
}

export type TelemetryEvent =
  | RunEvent
  | StateEvent
  | PortEvent
  | ConditionsEvent
  | ConnectionEvent
  | BytesEvent
  | ArrivedEvent
  | ConnectionEndEvent
  | CallEvent
  | RequestEvent
  | ConsoleEvent
  | MarkEvent
  | TimerEvent
  | ThrownEvent
  | GapEvent;

/** Server to browser, one WebSocket text message or one SSE `data:` line each. */
export type ServerMessage =
  | { type: 'hello'; version: typeof TELEMETRY_VERSION; lab: string; run: number }
  | { type: 'events'; events: TelemetryEvent[] }
  /** Answer to `ping`; `t` is the lab clock (ms since the start of run `run`) when it was answered. */
  | { type: 'pong'; id: number; run: number; t: number };

/** Browser to server, WebSocket only; over SSE the clock is read with `GET /api/labs/:id/clock`. */
export type BrowserMessage = { type: 'ping'; id: number };
