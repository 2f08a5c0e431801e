/** What is known of the connections of a run: mutable, and seen by `client/capture` only. */
import type { SourcePosition } from '#protocol/errors';
import type { CallEvent, Direction } from '#protocol/telemetry';
import type { WireRecord } from '../dissect/records.ts';
import { ByteStore } from './byte-store.ts';
import type { Entry } from './ledger.ts';
import type { PageCall } from './page-calls.ts';
import type { Connection, LaneEvent, ConsoleRow, Segment, WireMessage } from './run.ts';

/** One direction of a connection. */
export interface Stream {
  bytes: ByteStore;
  /** In order of offsets; each is replaced when it arrives. */
  segments: Segment[];
  /** Segments below this index have arrived. */
  arrived: number;
  /** Server code's calls, in order of offsets. */
  calls: CallEvent[];
  /** By place in the stream; null once forgotten. */
  messages: (MessageTrack | null)[];
}

export interface ConnectionTrack {
  entry: Entry<Connection>;
  id: number;
  ended: boolean;
  streams: Record<Direction, Stream>;
  /** The n-th request, what the server code was told of it, and its answer belong together. */
  exchanges: Exchange[];
  requests: number;
  responses: number;
  moments: number;
  /** Bytes of it are missing: what comes later can no longer be counted. */
  broken: boolean;
}

export interface Exchange {
  request: MessageTrack | null;
  response: MessageTrack | null;
  moment: RequestMoment | null;
}

/** Server code was handed a request. */
export interface RequestMoment {
  t: number;
  at?: SourcePosition;
  /** The message, once its bytes were read. */
  message: MessageTrack | null;
  /** What shows this moment, and what its handler printed: they get the message's id. */
  lane: Entry<LaneEvent>[];
  rows: Entry<ConsoleRow>[];
}

export interface MessageTrack {
  id: string;
  connection: ConnectionTrack;
  direction: Direction;
  record: WireRecord;
  /** Used when no segment tells. */
  seen: number;
  entry: Entry<WireMessage> | null;
  exchange: Exchange | null;
  call: PageCall | null;
  deliveries: string[];
}

export function createConnectionTrack(id: number, entry: Entry<Connection>): ConnectionTrack {
  return {
    entry,
    id,
    ended: false,
    streams: { up: createStream(), down: createStream() },
    exchanges: [],
    requests: 0,
    responses: 0,
    moments: 0,
    broken: false,
  };
}

function createStream(): Stream {
  return { bytes: new ByteStore(), segments: [], arrived: 0, calls: [], messages: [] };
}

/** The n-th exchange of a connection, made when it is first spoken of. */
export function exchangeAt(track: ConnectionTrack, n: number): Exchange {
  return (track.exchanges[n] ??= { request: null, response: null, moment: null });
}

/** All bytes of `stream` below `end` have arrived. Returns the offset where news begins, or null. */
export function markArrived(stream: Stream, end: number, t: number): number | null {
  let from: number | null = null;
  while (stream.arrived < stream.segments.length) {
    const segment = stream.segments[stream.arrived]!;
    if (segment.end > end) break;
    from ??= segment.start;
    stream.segments[stream.arrived++] = { ...segment, arrived: t };
  }
  return from;
}

/** Messages of a stream that have bytes at or behind `offset`: the newest ones, so searched from the end. */
export function messagesFrom(stream: Stream, offset: number): MessageTrack[] {
  const found: MessageTrack[] = [];
  for (let index = stream.messages.length - 1; index >= 0; index--) {
    const track = stream.messages[index];
    if (!track || track.record.end <= offset) break;
    found.push(track);
  }
  return found;
}
