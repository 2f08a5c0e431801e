/**
 * One run as the picture sees it: what `client/capture` makes of telemetry, page events and
 * dissected records, and what `client/diagram`, `client/inspect` and `client/console` draw.
 *
 * Clock: every time is lab time, ms since the start of the run (`t` of the telemetry protocol);
 * page times were converted with `clock` and are off by at most `clock.errorMs`.
 *
 * A `Run` is a snapshot: it is never changed after it was handed out. Arrays and members that did
 * not change between two snapshots keep their identity. The lists of messages and lane words are windows on
 * the recording: another object whenever anything in them changed, never longer than when they were handed
 * out, but what they say of a message is what is known of it when it is asked for.
 */
import type { ConsoleLevel, ConsoleValue } from '#protocol/console';
import type { ReportedError, SourcePosition } from '#protocol/errors';
import type { Conditions, CutMode, Direction, LabState } from '#protocol/telemetry';
import type { ContentRecord, WireRecord } from '../dissect/records.ts';

export interface Run {
  number: number;
  /** Wall clock at lab time 0, ms since 1970. */
  startedAt: number;
  /** The old browser that the page was made to look like; absent: the browser as it is. */
  profile?: string;
  state: LabState;
  error?: ReportedError;
  ports: { port: number; url: string }[];
  conditions: Conditions;
  /** The cut that is to come, `due` in lab time. */
  plannedCut?: { mode: CutMode; due: number };
  /** Lab time of the newest thing recorded. While `live`, now is `labNow()` of `client/lab`. */
  end: number;
  live: boolean;
  connections: Connection[];
  /** In the order their first byte entered the wire. */
  messages: MessageList;
  totals: RunTotals;
  jsEvents: LaneList;
  serverEvents: LaneList;
  deliveries: Delivery[];
  console: ConsoleRow[];
  /** Older rows that were forgotten, because a run may print more than anybody reads. */
  consoleForgotten: number;
  gaps: Gap[];
  clock: ClockEstimate;
}

export interface Connection {
  id: number;
  /** The port the server code listens on. */
  port: number;
  opened: number;
  /** The app opened it, to send bytes that the learner wrote by hand: no page has it. */
  by?: 'workbench';
  ended?: { t: number; by: 'browser' | 'server' | 'cut' | 'stop' | 'proxy'; error?: string };
  /** The wire was cut in silence: from then on nothing arrives, and neither side is told. */
  silentSince?: number;
  /** It speaks another protocol since its 101 arrived (RFC 9110 §7.8): the double bar. */
  switched?: { t: number; protocol: string };
}

/** What is counted of a whole run while it is recorded; what was forgotten since stays counted. */
export interface RunTotals {
  requests: number;
  /** Responses that are complete, and those of them that say nothing: no body, or one like `[]`. */
  responses: number;
  emptyResponses: number;
  /** Messages that came down and have arrived. */
  arrivedDown: number;
  /** Bytes that entered the wire. */
  bytesUp: number;
  bytesDown: number;
  /** Bytes whose role is Data. */
  data: number;
  /** Messages with something for a page: responses, chunks, bodies and data frames that belong to one of its calls. */
  deliverable: number;
  /** Those of them that its code was handed. */
  delivered: number;
  /** From their first byte to when they were handled, ms, to a tenth; null without any. */
  medianDelay: number | null;
}

/**
 * The messages of a run, in the order their first byte entered the wire. Also for a million of them:
 * a message is made when it is asked for; ask for what is in the window, not for all.
 */
export interface MessageList extends Iterable<WireMessage> {
  readonly length: number;
  /** Longest time from first byte in to last byte out, ms: how far before a window a stroke can begin. */
  readonly longestMs: number;
  /** Negative counts from the end, as in `Array.prototype.at`. */
  at(index: number): WireMessage | undefined;
  get(id: string): WireMessage | undefined;
  /** -1 when there is none of this id. */
  indexOf(id: string): number;
  /** Index of the first message sent at or after lab time `t`; `length` when there is none. */
  indexAt(t: number): number;
  slice(from: number, to?: number): WireMessage[];
  /** Indices of the messages that were sent before `to` and under way, or lost no earlier than, at `from`; in order. */
  between(from: number, to: number): number[];
  /** Index of the last message of a connection before index `before`, in one direction if given; -1 without any. */
  lastOf(connection: number, before: number, direction?: Direction): number;
  /** How many of the messages [from, to) travel in this direction. */
  countOf(direction: Direction, from: number, to: number): number;
  /**
   * How many things code is handed (`contentsEndingIn`) end in messages of this direction before index
   * `before`: things are numbered by it, per direction.
   */
  contentsBefore(before: number, direction: Direction): number;
  /** How many messages of a kind there are before index `before`. */
  kindBefore(before: number, kind: WireRecord['kind']): number;
}

/** Words of one lane, in order of time. */
export interface LaneList extends Iterable<LaneEvent> {
  readonly length: number;
  /** The last one of kind `thrown`. */
  readonly lastThrown: LaneEvent | null;
  at(index: number): LaneEvent | undefined;
  /** Index of the first word at or after lab time `t`; `length` when there is none. */
  indexAt(t: number): number;
  slice(from: number, to?: number): LaneEvent[];
  /** Those of [from, to) that say what went wrong: few, also where words are many. */
  badOf(from: number, to: number): LaneEvent[];
}

/** Bytes that crossed together: one read or one write. Offsets count in the direction's stream. */
export interface Segment {
  start: number;
  end: number;
  /** When the bytes entered the wire. */
  entered: number;
  /** When they left it on the other side; null while in flight, or for ever if lost. */
  arrived: number | null;
  /** With a proxy on the way: when it had them, and when it passed them on (null while it holds them). */
  proxy?: { reached: number; left: number | null };
  /** A proxy made these bytes, half-way: the server knows nothing of them. */
  by?: 'proxy';
  /** False when the bytes themselves were not recorded (a gap). */
  recorded: boolean;
  /** Cut to its message: it also has bytes before, or behind it. */
  cut?: Cut;
}

/** At which of its ends something goes on in the messages beside. */
export type Cut = 'before' | 'behind' | 'both';

/** One call of the sending code into its HTTP stack or socket, and the bytes that came of it, cut to its message. */
export interface Write {
  start: number;
  end: number;
  /** `res.write`, `res.end`, `socket.write`… */
  name: string;
  at?: SourcePosition;
  cut?: Cut;
}

/** One time code was handed bytes, cut to its message: a read, an event, a resolved promise. */
export interface Callback {
  start: number;
  end: number;
  t: number;
  cut?: Cut;
  /** `response`, `read`, `readystatechange`, `message`, `call`, `data`… */
  name: string;
  at?: SourcePosition;
}

/**
 * What can be followed on the wire: an HTTP message (RFC 9110 §6; its head only when the body is chunked
 * or ends with the connection), a chunk, a body until close, a WebSocket frame.
 */
export interface WireMessage {
  /** Stable within the run, fit for a URL: `c1-up-0`. */
  id: string;
  /** Its place on the wire, from 1. */
  number: number;
  connection: number;
  direction: Direction;
  /** As of its connection: no page sent it or is to be handed it. */
  by?: 'workbench';
  record: WireRecord;
  segments: Segment[];
  /** First byte entered the wire. */
  sent: number;
  /** Last byte left the wire on the other side; null while something is under way. */
  arrived: number | null;
  /** True when the connection ended before everything arrived. */
  lost: boolean;
  /** The response of a request, the request of a response; the pong of a ping and the other way round. */
  peer: string | null;
  /** A response on a connection without a request that waits for one: no code is handed it (RFC 9112 §9.2). */
  unasked?: true;
  /** The HTTP message whose body this is a part of. */
  part: string | null;
  /** The calls whose bytes these are, in order; empty where they are not known (the browser's own stack). */
  writes: Write[];
  /** When code was handed it, part by part, in order: the page's, or server code that reads the connection itself. */
  callbacks: Callback[];
  /** What it carries, all or part of it: events, calls, WebSocket messages. */
  contents: ContentRecord[];
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
  /**
   * Name of the page whose code sent or was handed it; of what nobody asked for, of the page that the connection
   * served last. Null when that is not known.
   */
  page: string | null;
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
  /** In the browser's lanes: whose it is, where a lesson has more than one page (`A`, `B`). */
  page?: string;
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
  /** Set for uncaught errors of the server and for what the lab itself reports. */
  error?: ReportedError;
  /** Nothing caught it, on either side: `at` is the line that went wrong, not one that printed. */
  uncaught?: true;
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
