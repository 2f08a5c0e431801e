/**
 * One run as the picture sees it: what `client/capture` makes of telemetry, page events and
 * dissected records, and what `client/diagram`, `client/inspect` and `client/console` draw.
 *
 * Clock: every time is lab time, ms since the start of the run (`t` of the telemetry protocol);
 * page times were converted with `clock` and are off by at most `clock.errorMs`.
 *
 * A `Run` is a snapshot: it is never changed after it was handed out. Arrays and members that did
 * not change between two snapshots keep their identity.
 */
import type { ConsoleLevel, ConsoleValue } from '#protocol/console';
import type { ReportedError, SourcePosition } from '#protocol/errors';
import type { Conditions, Direction, LabState } from '#protocol/telemetry';
import type { WireRecord } from '../dissect/records.ts';

export interface Run {
  number: number;
  /** Wall clock at lab time 0, ms since 1970. */
  startedAt: number;
  state: LabState;
  error?: ReportedError;
  ports: { port: number; url: string }[];
  conditions: Conditions;
  /** Lab time of the newest thing recorded. While `live`, now is `labNow()` of `client/lab`. */
  end: number;
  live: boolean;
  connections: Connection[];
  /** In the order their first byte entered the wire. */
  messages: WireMessage[];
  jsEvents: LaneEvent[];
  serverEvents: LaneEvent[];
  deliveries: Delivery[];
  console: ConsoleRow[];
  gaps: Gap[];
  clock: ClockEstimate;
}

export interface Connection {
  id: number;
  /** The port the server code listens on. */
  port: number;
  opened: number;
  ended?: { t: number; by: 'browser' | 'server' | 'cut' | 'stop'; error?: string };
}

/** Bytes that crossed together: one read or one write. Offsets count in the direction's stream. */
export interface Segment {
  start: number;
  end: number;
  /** When the bytes entered the wire. */
  entered: number;
  /** When they left it on the other side; null while in flight, or for ever if lost. */
  arrived: number | null;
  /** False when the bytes themselves were not recorded (a gap). */
  recorded: boolean;
}

/** One message on the wire: for HTTP, an HTTP message (RFC 9110 §6), head and body. */
export interface WireMessage {
  /** Stable within the run, fit for a URL: `c1-up-0`. */
  id: string;
  /** Its place on the wire, from 1. */
  number: number;
  connection: number;
  direction: Direction;
  record: WireRecord;
  segments: Segment[];
  /** First byte entered the wire. */
  sent: number;
  /** Last byte left the wire on the other side; null while something is under way. */
  arrived: number | null;
  /** True when the connection ended before everything arrived. */
  lost: boolean;
  /** The response of a request, the request of a response. */
  peer: string | null;
  /** Lines that caused these bytes: `fetch(...)` for a request, `res.end(...)` for a response. */
  writtenAt: SourcePosition[];
  /** Lines that were handed them: the request handler, the line that reads the answer. */
  handledAt: SourcePosition[];
  /** When code on the other side was handed them; null when not (yet). */
  handled: number | null;
  /** Names of the deliveries that this message carried. */
  deliveries: string[];
  /** Page call (`NetworkEvent.call`) it belongs to, null when the page made none (preload, curl). */
  call: number | null;
}

/** A word in the lane above the browser rail or below the server rail. */
export interface LaneEvent {
  id: string;
  t: number;
  /** What is shown: `fetch`, `response`, `load`, `GET /messages`, a console line. Field terms, not translated. */
  text: string;
  kind: 'call' | 'callback' | 'request' | 'console' | 'timer' | 'thrown' | 'port' | 'exit';
  bad: boolean;
  at?: SourcePosition;
  message?: string;
}

/**
 * A thing the learner's code follows from end to end by `performance.mark(name)`: marked on the
 * server when it happened, marked in the page when it was handled.
 */
export interface Delivery {
  /** The mark's name, e.g. `message 3`. */
  name: string;
  /** What fits a box: the number at the end of the name, or its first letters. */
  label: string;
  created: number | null;
  createdAt?: SourcePosition;
  handled: number | null;
  handledAt?: SourcePosition;
  /** The message that carried it, once known. */
  message: string | null;
}

export interface ConsoleRow {
  id: string;
  t: number;
  side: 'client' | 'server';
  level: ConsoleLevel;
  values: ConsoleValue[];
  at?: SourcePosition;
  /** The message whose handling printed it, when known. */
  message?: string;
  /** Set for uncaught errors and for what the lab itself reports. */
  error?: ReportedError;
}

/** A stretch without a record; drawn hatched, never as silence. `to` is null while it lasts. */
export interface Gap {
  from: number;
  to: number | null;
  reason: 'telemetry-lost' | 'events-dropped' | 'bytes-not-recorded';
  connection?: number;
  events?: number;
}

export interface ClockEstimate {
  /** Bound of the error of page times against lab time, ms. Infinity before the first exchange. */
  errorMs: number;
}

/** What is followed everywhere at once. */
export interface Selection {
  message: string;
  /** Set when one delivery of the message was chosen. */
  delivery?: string;
}
