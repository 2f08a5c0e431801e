/**
 * What the main thread and a guest tell each other, and the envelopes that carry it through the
 * worker. Both ends are built together, so there is no version.
 *
 * Guest messages cross as text: written once by the sender, read once by the receiver, and opaque to the
 * worker in between. It is JSON, but for the message of a request (`request-text.ts`). Bytes travel beside the text, in order of mention.
 * All times are ms of the process-wide monotonic clock.
 */
import type { ConsoleLevel, ConsoleValue } from '../console/protocol.ts';
import type { ReportedError, SourcePosition } from '../errors/protocol.ts';

/** Main thread to worker. */
export type ToWorker =
  | { type: 'start'; sandbox: number; files: Record<string, string>; env: Record<string, string> }
  /** Each text is a turn of its own; `bytes` belong to the last. */
  | { type: 'tell'; sandbox: number; texts: string[]; bytes?: Uint8Array }
  /** Nothing can call the guest again: it may end, or find itself new work. */
  | { type: 'leave'; sandbox: number }
  /** `bytes` of calls have been taken: there is room for as many. */
  | { type: 'took'; sandbox: number; bytes: number }
  /** Pack the guest up as it is, for another thread; `packed` follows. */
  | { type: 'pack'; sandbox: number }
  /** Go on with a guest that another thread packed. */
  | {
      type: 'adopt';
      sandbox: number;
      files: Record<string, string>;
      env: Record<string, string>;
      packed: PackedGuest;
    }
  | { type: 'dispose'; sandbox: number };

/** Worker to main thread. `heard` counts the `tell`s taken before. */
export type FromWorker =
  /** Each text is JSON of `GuestCalls`: one turn's calls. `bytes` belong to the last. */
  | { type: 'calls'; sandbox: number; texts: string[]; bytes: Uint8Array<ArrayBuffer>[] }
  /** Nothing of the guest's own can call it again: only a connection could. */
  | { type: 'idle'; sandbox: number; heard: number }
  /** The engine stopped it; the worker has dropped the sandbox. */
  | { type: 'failed'; sandbox: number; error: ReportedError; at: number }
  | { type: 'exited'; sandbox: number; code: number }
  /** The guest takes more of the thread than its neighbours can bear. */
  | { type: 'greedy'; sandbox: number }
  /** Undefined when the guest must stay. */
  | { type: 'packed'; sandbox: number; packed: PackedGuest | undefined };

/** A guest between two turns: its engine's whole memory, and what the worker knew of it. */
export interface PackedGuest {
  memory: Uint8Array<ArrayBuffer>;
  stackPointer: number;
  heard: number;
  /** Messages it has not heard yet. */
  waiting: { text: string; bytes?: Uint8Array }[];
  /** Bytes of calls that the main thread has not taken. */
  underWay: number;
}

/** Where a connection comes from, as `req.socket` tells it. */
export interface Addresses {
  remoteAddress?: string;
  remotePort?: number;
  remoteFamily?: string;
  localAddress?: string;
  localPort?: number;
}

/** Main thread to guest. Ids are the guest's for servers, the main thread's for sockets and requests. */
export type ToGuest =
  | { to: 'listening'; server: number; port: number }
  | { to: 'listenFailed'; server: number; port: number; code: string; message: string }
  | { to: 'serverClosed'; server: number }
  | { to: 'connection'; server: number; socket: number; addresses: Addresses }
  | { to: 'body'; request: number }
  | { to: 'bodyEnd'; request: number; trailers: string[] }
  /** The connection broke before the body was complete. */
  | { to: 'bodyLost'; request: number }
  | { to: 'written'; request: number; ack: number }
  | { to: 'full'; request: number }
  | { to: 'drain'; request: number }
  | { to: 'finish'; request: number }
  /** The exchange is over; `aborted` when the client left before the response was out. */
  | { to: 'close'; request: number; aborted: boolean }
  | { to: 'timeout'; request?: number; socket?: number; server?: number }
  | { to: 'socketWritten'; socket: number; ack: number }
  /** `error`: what broke it, for a connection the guest reads itself. */
  | { to: 'socketClosed'; socket: number; hadError: boolean; error?: SocketFailure }
  /** A connection the guest opened to a port of its own. */
  | { to: 'connected'; socket: number; addresses: Addresses }
  /** The message's bytes were read. */
  | { to: 'socketData'; socket: number }
  | { to: 'socketEnd'; socket: number }
  /** An HTTP connection changes its protocol; the message's bytes came with the head, which is `request`'s text. */
  | { to: 'upgrade'; kind: 'upgrade' | 'connect'; request: string }
  | { to: 'dropped'; server: number; addresses: Addresses }
  | { to: 'counted'; ack: number; count: number }
  | ToClient
  | {
      to: 'clientError';
      server: number;
      socket: number;
      addresses: Addresses;
      code: string;
      message: string;
      /** Of the packet, whose bytes come along. */
      bytesParsed?: number | undefined;
    };

export interface SocketFailure {
  code: string;
  syscall: string;
  message: string;
}

/** A response's head: status, reason, version, headers as received (name, value …). */
export type ResponseMessage = [status: number, reason: string, version: string, headers: string[]];

/** Main thread to guest, for a request the guest has sent to a port of its own (`http.request`). */
export type ToClient =
  | { to: 'clientSocket'; client: number; socket: number; addresses: Addresses }
  | { to: 'clientContinue'; client: number }
  | { to: 'clientInformation'; client: number; response: ResponseMessage }
  | { to: 'clientResponse'; client: number; response: ResponseMessage }
  /** The message's bytes are of the response's body. */
  | { to: 'clientBody'; client: number }
  | { to: 'clientEnd'; client: number; trailers: string[] }
  /** The connection is the guest's own now; the message's bytes came with the head. */
  | {
      to: 'clientUpgrade';
      client: number;
      kind: 'upgrade' | 'connect';
      socket: number;
      response: ResponseMessage;
    }
  | { to: 'clientTimeout'; client: number }
  | { to: 'clientFailed'; client: number; error: SocketFailure }
  /** `aborted`: the response had begun and did not come to its end. */
  | { to: 'clientClosed'; client: number; aborted: boolean };

/** A request's head. It crosses as text (`request-text.ts`). */
export interface RequestMessage {
  server: number;
  socket: number;
  request: number;
  method: string;
  target: string;
  version: string;
  /** When false, `end` may follow at once. */
  hasBody: boolean;
  expect: 'none' | 'continue' | 'other';
  /** Those of `Addresses` in order, joined by spaces. */
  addresses: string;
  /** Name, value, name, value … as received. */
  headers: string[];
}

/** The guest function that may write bytes, and the learner's line that called it. */
export interface GuestCall {
  name: string;
  position?: SourcePosition;
}

/** Body bytes as text in the encoding the learner chose, or `true`: the next of the turn's byte arrays. */
export type BodyPart = { text: string; encoding: string } | true;

/**
 * What turns a response into a head: exactly the learner's own calls, so that node:http decides the framing.
 * A list too. The guest writes these three by hand (`guest/http-response-text.ts`).
 */
export type ResponseHead = [
  status: number,
  statusMessage: string | 0,
  /** By `setHeader`, in order. */
  set: [name: string, value: string | string[]][],
  /** By `writeHead`: its headers, 1 when it had none; 0 when the head is implicit. */
  written: [name: string, value: string | string[]][] | 0 | 1,
  /** By `removeHeader`: node:http then leaves out what it would add itself. */
  removed: string[] | 0,
  /** Sum of `HEAD`. */
  flags: number,
];

export const HEAD = { noDate: 1, noKeepAlive: 2 } as const;

/** Guest to main thread: calls of one turn, in order. */
export type FromGuest =
  /** The first turn has ended and all its `listen`s are answered. */
  | { op: 'started' }
  | { op: 'console'; at: number; level: ConsoleLevel; values: ConsoleValue[]; position?: SourcePosition }
  | { op: 'mark'; at: number; name: string; position?: SourcePosition }
  | { op: 'timer'; at: number; kind: 'timeout' | 'interval' | 'immediate'; position?: SourcePosition }
  /** A place in the learner's code that calls something; told once, then named by its number. */
  | { op: 'site'; site: number; name: string; position?: SourcePosition }
  | { op: 'thrown'; at: number; error: ReportedError; fatal: boolean }
  /** `raw`: a `net` server, which gets the bytes as they come. */
  | { op: 'listen'; server: number; port: number; raw?: true; position?: SourcePosition }
  | { op: 'stopListening'; server: number }
  | { op: 'closeConnections'; server: number; idleOnly: boolean }
  | { op: 'serverOption'; server: number; name: string; value: number | boolean | null }
  | {
      op: 'wants';
      server: number;
      event:
        | 'connection'
        | 'clientError'
        | 'checkContinue'
        | 'checkExpectation'
        | 'timeout'
        | 'upgrade'
        | 'connect';
    }
  /** Nobody listens for a `clientError`: the parser's own answer. */
  | { op: 'refuseRequest'; socket: number; code: string }
  | { op: 'countConnections'; server: number; ack: number }
  /** An `upgrade` or `connect` listener is about to be called, with `head` bytes that came behind the request's head. */
  | {
      op: 'upgrading';
      at: number;
      socket: number;
      kind: 'upgrade' | 'connect';
      method: string;
      target: string;
      head: number;
      position?: SourcePosition;
    }
  /** Opens a connection to one of the guest's own ports; `socket` is negative. */
  | { op: 'connect'; socket: number; port: number; host: string }
  /** Read this connection; `taken` bytes were consumed since the last call. */
  | { op: 'socketRead'; socket: number; taken: number }
  | FromClient
  | {
      op: 'informational';
      request: number;
      call: GuestCall;
      kind: 'continue' | 'processing' | 'earlyHints';
      hints?: [string, string | string[]][];
    }
  | { op: 'responseTimeout'; request: number; ms: number }
  /** Report `finish` and `close` of this response: somebody listens. An `end` with `forget` needs no `close`. */
  | { op: 'watch'; request: number }
  /** Read this request's body; `taken` bytes were consumed since the last call. */
  | { op: 'read'; request: number; taken: number }
  | { op: 'destroyRequest'; request: number; call: GuestCall }
  | { op: 'watchSocket'; socket: number }
  /** `more`: the next write leaves together with this one. */
  | {
      op: 'socketWrite';
      socket: number;
      call: GuestCall;
      part?: BodyPart;
      ack?: number;
      end?: true;
      more?: true;
    }
  | { op: 'socketDestroy'; socket: number; call: GuestCall }
  | {
      op: 'socketOption';
      socket: number;
      name: 'timeout' | 'noDelay' | 'keepAlive';
      value: number | boolean;
    };

/** Guest to main thread, for requests it sends to its own ports. Ids are the guest's. */
export type FromClient =
  | {
      op: 'clientRequest';
      client: number;
      host: string;
      port: number;
      method: string;
      path: string;
      headers: [name: string, value: string | string[]][];
      /** Events somebody listens for, which node:http handles differently then. */
      wants: string[];
      keepAlive: boolean;
    }
  | {
      op: 'clientWrite';
      client: number;
      part?: BodyPart;
      ack?: number;
      end?: true;
      trailers?: [string, string][];
    }
  | { op: 'clientRead'; client: number; taken: number }
  | { op: 'clientTimeout'; client: number; ms: number }
  | { op: 'clientDestroy'; client: number };

/** What one turn hands over. */
export type GuestCalls = (FromGuest | HandlingCall | HandedCall | RespondCall)[];

/** A `request` listener is about to be called. A list: QuickJS writes it faster than an object. */
export type HandlingCall = [op: 'handling', at: number, request: number, site: number];

/**
 * The listener of `site` is about to be called with bytes of a connection that the guest reads itself: it has had
 * the first `end` of those it was sent.
 */
export type HandedCall = [op: 'handed', at: number, socket: number, site: number, end: number];

/** Everything a response says: its head with the first of these, bytes, its end. */
export type RespondCall = [
  op: 'respond',
  request: number,
  site: number,
  /** Sum of `RESPOND`. */
  flags: number,
  /** Report when written, by this number; 0: need not. */
  ack: number,
  /** Text in `encoding`; 1: the next of the turn's byte arrays; 0: none. */
  body: string | 0 | 1,
  encoding: string | 0,
  head: ResponseHead | 0,
  trailers: [string, string][] | 0,
];

export const RESPOND = {
  end: 1,
  /** The guest needs no `close` for this exchange. */
  forget: 2,
  /** Tell `drain` when there is room again. */
  drain: 4,
} as const;

/** Slots of the guest's mailbox, a Float64Array the worker reads from guest memory after each turn. */
export const MAILBOX = {
  /** When the earliest timer is due; Infinity: none. */
  nextTimer: 0,
  /** How many `setImmediate` callbacks wait. */
  immediates: 1,
  /** 1 when the run is over for the guest: an error nothing caught. */
  over: 2,
  /** Ports, referenced timers and other reasons to stay alive. */
  references: 3,
} as const;
export const MAILBOX_LENGTH = 4;

/** First argument of the one host function a guest has. */
export const HOST_CALL = {
  /** (json) calls that cannot wait for the end of the turn */
  flush: 0,
  /** (Uint8Array) bytes that belong to the calls being collected */
  bytes: 1,
  /** (href, base?) -> JSON of `UrlParts` or undefined */
  parseUrl: 2,
  /** (href, property, value) -> JSON of `UrlParts` */
  setUrl: 3,
  /** (source, file) -> what the script evaluates to */
  compile: 4,
  /** (text) -> Uint8Array of UTF-8 */
  encode: 5,
  /** (bytes, encoding) -> text */
  decode: 6,
  /** (code) the guest ends itself */
  exit: 7,
  /** (file, line, column, method) -> `line:column` where that call's method is written, or undefined */
  refine: 8,
  /** (file, line, column, called function) -> `line:column` of that call, or undefined */
  frame: 9,
  /** (file, line, column, message, native function, learner's function) -> JSON of `Explained`, or undefined */
  explain: 10,
  /** () -> JSON of the position where a program calls itself, or undefined */
  recursion: 11,
  /** (text) -> how many bytes of UTF-8 it has */
  byteLength: 12,
  /** (name) -> the function that makes a module of `guest/on-demand/` */
  part: 20,
  /** (algorithm, bytes, length) -> bytes */
  digest: 21,
  /** (algorithm, key, bytes) -> bytes */
  hmac: 22,
  /** (size) -> bytes */
  randomBytes: 23,
  /** () -> JSON of the digests' names */
  hashNames: 24,
  /** (kind, bytes, options, dictionary?) -> bytes */
  zlibOnce: 25,
  /** (kind, options, dictionary?) -> number of the stream */
  zlibOpen: 26,
  /** (stream, flush, bytes) -> bytes, the last of which says whether the data has ended */
  zlibWrite: 27,
  zlibReset: 28,
  /** (stream, level, strategy) */
  zlibParams: 29,
  zlibClose: 30,
  /** () -> how many streams may be open */
  zlibStreams: 31,
  /** (what, JSON of the arguments) -> text in a language's form */
  localeText: 32,
} as const;

/** The parts of a WHATWG URL that can be set. */
export const SETTABLE_URL_PARTS = [
  'href',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

/** The parts of a WHATWG URL, as the host's own `URL` computed them. */
export interface UrlParts {
  href: string;
  origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
}
