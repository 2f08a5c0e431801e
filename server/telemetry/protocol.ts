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

export const TELEMETRY_VERSION = 2;

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

/**
 * The network between the browser and the server code, applied to the real sockets:
 *
 *   browser ── bandwidth ── latency/2 ── proxy ── latency/2 ── server code
 *
 * Without a proxy the latency is one piece. Each holds in both directions, and a change holds at once,
 * also for open connections; what is under way keeps the time at which it arrives.
 */
export interface Conditions {
  /** One-way delay in ms, each direction. */
  latencyMs: number;
  /** Uniform random extra delay, 0 to this many ms, each direction; order is kept. */
  jitterMs: number;
  /** Bytes per second of the browser's line, each direction, shared by all connections; null: unlimited. */
  bandwidth: number | null;
  /**
   * What stands half-way:
   * - `buffering` holds the bytes of a response until there are `proxyBufferBytes` or the response ends, as
   *   nginx's `proxy_buffering` does; after a 101 it passes everything on.
   * - `idle-timeout` ends a connection on which nothing passed it for `proxyIdleMs`. When a request is
   *   unanswered it says 504 first; in the middle of a response, between requests and after a 101 it
   *   just closes.
   */
  proxy: 'direct' | 'buffering' | 'idle-timeout';
  proxyBufferBytes: number;
  proxyIdleMs: number;
  /** The knife: what the server writes leaves it in pieces of at most so many bytes; null: as it was written. */
  splitBytes: number | null;
  /** Time between one piece and the next, ms. */
  splitPauseMs: number;
}

/** Nothing in the way. */
export const UNIMPAIRED: Conditions = {
  latencyMs: 0,
  jitterMs: 0,
  bandwidth: null,
  proxy: 'direct',
  // nginx: proxy_buffers 8 4k, proxy_read_timeout 60s (shortened: nobody waits a minute for a lesson).
  proxyBufferBytes: 32 * 1024,
  proxyIdleMs: 10_000,
  splitBytes: null,
  // Long enough for a browser to hand each piece to its page by itself.
  splitPauseMs: 30,
};

/**
 * How the learner's scissors cut: `reset` is told to both sides (RST); after `silence` nothing passes in
 * either direction and neither side is told, as when a phone leaves its network.
 */
export type CutMode = 'reset' | 'silence';

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
  /** The old browser that its page was made to look like (`Profile` of the lab API); absent: the browser as it is. */
  profile?: string;
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
  /** Where it was really accepted; behind a lab domain, the app's own port. */
  local: { address: string; port: number };
  /** Set when the app opened it for the learner, to send bytes by hand (`POST …/exchange`): no page has it. */
  by?: 'workbench';
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
  /** Set when the proxy made them (504) and the server code never wrote them: they entered at the proxy. */
  by?: 'proxy';
}

/**
 * With a proxy on the way: all bytes below `end` have reached it. Emitted by the clock of the emulated
 * network, that is at the moment the proxy has them. Bytes the proxy itself made reach nothing.
 */
export interface AtProxyEvent extends Stamped {
  type: 'at-proxy';
  connection: number;
  direction: Direction;
  end: number;
}

/**
 * The proxy passed on all bytes below `end`; what it was reached by and has not passed on, it holds. Of
 * one `t` with `at-proxy` when it held nothing.
 */
export interface LeftProxyEvent extends Stamped {
  type: 'left-proxy';
  connection: number;
  direction: Direction;
  end: number;
}

/**
 * All bytes below `end` have left the emulated network on the other side: `up` they were handed to the
 * HTTP stack, `down` the kernel took them. With a bandwidth, in the middle of what entered in one piece.
 */
export interface ArrivedEvent extends Stamped {
  type: 'arrived';
  connection: number;
  direction: Direction;
  end: number;
}

/**
 * The wire of this connection was cut in silence at `t`: nothing arrives any more, in either direction,
 * what was under way included. `bytes` may follow (a side that was not told goes on sending); so may
 * `connection-end`, when a side gives up or a reset ends it.
 */
export interface SilenceEvent extends Stamped {
  type: 'silence';
  connection: number;
}

/** The cut that is to come: it replaces the one announced before. */
export interface CutPlannedEvent extends Stamped {
  type: 'cut-planned';
  mode: CutMode;
  /** Null: every connection that is open then. */
  connection: number | null;
  /** Lab time of the cut, ms; null: there is none any more, it was called off or has just been made. */
  due: number | null;
}

/** One side ended or lost the connection. */
export interface ConnectionEndEvent extends Stamped {
  type: 'connection-end';
  connection: number;
  /** `cut` is the learner's scissors, `proxy` the idle timeout's, `stop` the end of the run. */
  by: 'browser' | 'server' | 'cut' | 'proxy' | 'stop';
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

/**
 * Server code that reads the connection itself (`net`, or after an upgrade) was handed the bytes
 * [offset, offset + length) of `up`. Requests, which node:http reads, have `RequestEvent`.
 */
export interface HandedEvent extends Stamped {
  type: 'handed';
  connection: number;
  offset: number;
  length: number;
  /** What was called: a listener of `upgrade` (bytes behind the head), `data`, `readable`; with `ws`, of `message`. */
  name: string;
  /** Where that listener was added. */
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
  | AtProxyEvent
  | LeftProxyEvent
  | ArrivedEvent
  | SilenceEvent
  | CutPlannedEvent
  | ConnectionEndEvent
  | CallEvent
  | RequestEvent
  | HandedEvent
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
