/**
 * What a lesson may ask of a run: the wire in the words of the protocols, without how it is recorded.
 * Made by `client/lessons/facts` of the run on the wire; questions, figures and challenges are judged by it.
 *
 * Clock: ms of lab time. Names of header fields are in lower case. Bodies and payloads are decoded as
 * UTF-8 and cut at 64 KiB.
 */
export interface WireFacts {
  /** Lab time of the newest thing recorded. */
  now: number;
  live: boolean;
  /** The old browser that the page was made to look like; null: the browser as it is. */
  profile: string | null;
  /** False when something is missing in the record: what did not happen cannot be told then. */
  whole: boolean;
  requests: RequestFact[];
  sockets: SocketFact[];
  connections: ConnectionFact[];
  /** Things that both ends named with `performance.mark`. */
  deliveries: { name: string; created: number | null; handled: number | null }[];
  /** Lines of both consoles, in order. */
  console: { side: 'client' | 'server'; level: string; text: string; t: number }[];
  /** What page code was told, in order: `load`, `error`, `open`, `message`… with the API that told it. */
  page: { text: string; t: number; bad: boolean }[];
  /** From being made to being handled, of all deliveries that were handled; null before the first. */
  medianDelayMs: number | null;
  /** Share of all bytes that are not payload, 0 to 1; null before the first byte. */
  overhead: number | null;
  /** The last race, where the lesson's stage is the race; then there is nothing else to be told. */
  race?: RaceFacts | null;
}

/** A race that is over. Times in ms. */
export interface RaceFacts {
  latencyMs: number;
  pollIntervalMs: number;
  proxy: 'direct' | 'buffering' | 'idle-timeout';
  schedule: string;
  /** Whether the techniques share an origin. */
  oneOrigin: boolean;
  published: number;
  /** In the order of the tracks. */
  lanes: RaceLaneFact[];
}

export interface RaceLaneFact {
  /** As its lesson is called. */
  technique: string;
  /** Messages that its page handled. */
  arrived: number;
  /** From publishing to handling; null when nothing arrived. */
  medianMs: number | null;
  longestMs: number | null;
  /** What the formula says of the median; null where there is none. */
  formulaMs: number | null;
  requests: number;
  /** Answers that brought nothing. */
  empty: number;
  /** All that crossed, and what of it was the messages. */
  bytes: number;
  data: number;
  /** Its connections that were cut. */
  cuts: number;
  /** Its first request was kept in the browser when the race began. */
  blocked: boolean;
}

export interface ConnectionFact {
  id: number;
  /** The port that the code listens on. */
  port: number;
  /** The app opened it, for what the learner wrote by hand; no page has it. */
  byHand: boolean;
  opened: number;
  ended: { t: number; by: 'browser' | 'server' | 'cut' | 'stop' | 'proxy' } | null;
}

export interface RequestFact {
  /** Id of its message on the wire. */
  id: string;
  connection: number;
  port: number;
  /** Name of the page that sent it, in a lesson with several; null when it has one, or that is not known. */
  page: string | null;
  method: string;
  /** As in the request line: path and query. */
  target: string;
  headers: Record<string, string>;
  body: string;
  /** First byte sent; last byte at the server (null while under way). */
  sent: number;
  arrived: number | null;
  /** The learner wrote it, no page sent it. */
  byHand: boolean;
  /** A CORS preflight (Fetch §3.3). */
  preflight: boolean;
  /** Bytes of head and body. */
  bytes: number;
  response: ResponseFact | null;
}

export interface ResponseFact {
  id: string;
  status: number;
  headers: Record<string, string>;
  body: string;
  /** First byte sent; head at the browser; last byte at the browser (null while it lasts). */
  sent: number;
  arrived: number | null;
  done: number | null;
  bytes: number;
  /** Chunks (RFC 9112 §7.1), without the last one of size 0. */
  chunks: { id: string; sent: number; arrived: number | null; size: number; text: string }[];
  /** Events of an event stream (HTML §9.2). */
  events: { event: string; data: string; id: string; retry: number | null; dispatched: boolean }[];
  /** Calls in scripts that the page runs: JSONP, a forever frame. */
  calls: { callee: string; payload: string }[];
  /** When page code was handed it; null when not (yet). */
  handled: number | null;
}

export interface SocketFact {
  connection: number;
  /** Request and response of the handshake. */
  handshake: RequestFact;
  /** When the 101 arrived; null when it was refused. */
  opened: number | null;
  up: FrameFact[];
  down: FrameFact[];
}

export interface FrameFact {
  id: string;
  sent: number;
  arrived: number | null;
  fin: boolean;
  opcode: number;
  masked: boolean;
  /** RSV1, RSV2, RSV3 as the bits 4, 2, 1. */
  rsv: number;
  /** Bytes of payload, and of the frame with its header. */
  size: number;
  bytes: number;
  /** Payload, unmasked; of a close frame its reason. */
  text: string;
  closeCode: number | null;
  /** Violations of RFC 6455 that the dissector found. */
  malformed: string[];
}
