/** Connections and messages of one run: telemetry of the wire and records of the dissector, joined. */
import type {
  ArrivedEvent,
  BytesEvent,
  CallEvent,
  ConnectionEndEvent,
  ConnectionEvent,
  Direction,
  RequestEvent,
} from '#protocol/telemetry';
import { isHttpMessage, type WireRecord } from '../dissect/records.ts';
import {
  createConnectionTrack,
  markArrived,
  messagesFrom,
  type ConnectionTrack,
  type MessageTrack,
  type RequestMoment,
} from './connections.ts';
import { joinExchange, joinMoment } from './exchanges.ts';
import { Ledger, type Entry } from './ledger.ts';
import { messageList, NO_MESSAGES } from './message-list.ts';
import { composeMessage } from './messages.ts';
import type { Connection, MessageList, WireMessage } from './run.ts';

export interface WireHooks {
  /** The start and the head of a request are known. */
  onRequest(message: MessageTrack): void;
  /** Request, response and handler call were joined: their ids are known to each other now. */
  onJoined(message: MessageTrack): void;
}

export class Wire {
  readonly connections = new Ledger<Connection>((connection) => connection.opened);
  readonly messages = new Ledger<WireMessage>((message) => message.sent);
  /** Bytes held. */
  recorded = 0;
  readonly #tracks = new Map<number, ConnectionTrack>();
  readonly #dirty = new Set<MessageTrack>();
  readonly #requested = new WeakSet<MessageTrack>();
  readonly #hooks: WireHooks;
  #count = 0;
  #list: { of: WireMessage[]; list: MessageList } = { of: [], list: NO_MESSAGES };

  constructor(hooks: WireHooks) {
    this.#hooks = hooks;
  }

  opened({ connection, port, t }: ConnectionEvent): void {
    if (this.#tracks.has(connection)) return;
    this.#open(connection, port, t);
  }

  /** Returns the bytes; null when they were not recorded. */
  bytes({ connection, direction, offset, length, base64, t }: BytesEvent): Uint8Array | null {
    const track = this.#track(connection, t);
    const stream = track.streams[direction];
    const expected = stream.segments.at(-1)?.end ?? 0;
    const recorded = base64 !== undefined;
    stream.segments.push({ start: offset, end: offset + length, entered: t, arrived: null, recorded });
    if (offset > expected || !recorded) track.broken = true;
    if (!recorded) return null;
    const bytes = decodeBase64(base64);
    stream.bytes.add(offset, bytes);
    this.recorded += bytes.length;
    this.#touchFrom(track, direction, offset);
    return bytes;
  }

  arrived({ connection, direction, end, t }: ArrivedEvent): void {
    const track = this.#track(connection, t);
    const from = markArrived(track.streams[direction], end, t);
    if (from !== null) this.#touchFrom(track, direction, from);
  }

  called(event: CallEvent): void {
    const track = this.#track(event.connection, event.t);
    track.streams.down.calls.push(event);
    this.#touchFrom(track, 'down', event.offset);
  }

  ended({ connection, by, error, t }: ConnectionEndEvent): void {
    const track = this.#track(connection, t);
    if (!track.ended) this.#end(track, { t, by, error });
  }

  /** The run is over, and with it every connection; not every end may be told any more. */
  stop(t: number): void {
    for (const track of this.#tracks.values()) {
      if (!track.ended) this.#end(track, { t, by: 'stop' });
    }
  }

  /** The server code was handed the connection's next request. */
  handed({ connection, t, at }: RequestEvent): RequestMoment {
    const track = this.#track(connection, t);
    const moment: RequestMoment = { t, at, message: null, lane: [], rows: [] };
    const exchange = joinMoment(track, moment);
    if (exchange?.request) this.#join(exchange.request);
    return moment;
  }

  /** A record is new or was read further. */
  record(connection: number, direction: Direction, index: number, record: WireRecord): void {
    const track = this.#tracks.get(connection);
    if (!track) return;
    const stream = track.streams[direction];
    const known = stream.messages[index];
    if (known === null) return; // Forgotten.
    const message = known ?? this.#message(track, direction, index, record);
    message.record = record;
    this.touch(message);
    if (!message.exchange) {
      message.exchange = joinExchange(track, message);
      if (message.exchange) this.#join(message);
    }
    const headKnown = isHttpMessage(record) && (record.complete || record.bodyStart > 0);
    if (headKnown && record.kind === 'request' && !this.#requested.has(message)) {
      this.#requested.add(message);
      this.#hooks.onRequest(message);
    }
  }

  /** What is shown of this message has changed. */
  touch(message: MessageTrack): void {
    this.#dirty.add(message);
  }

  /** Makes the messages that changed anew. */
  compose(): void {
    for (const message of this.#dirty) {
      if (message.entry) {
        this.messages.set(message.entry, composeMessage(message, message.entry.value.number));
      } else {
        message.entry = this.messages.add(composeMessage(message, ++this.#count));
        this.#renumber(message.entry);
      }
    }
    this.#dirty.clear();
  }

  /** The messages as they are now: the same list until something changes. */
  list(): MessageList {
    const of = this.messages.snapshot();
    if (of !== this.#list.of) this.#list = { of, list: messageList(of) };
    return this.#list.list;
  }

  /** The recorded bytes of a message. */
  bytesOf({ connection, direction, record }: WireMessage): Uint8Array {
    const stream = this.#tracks.get(connection)?.streams[direction];
    return stream?.bytes.read(record.start, record.end) ?? new Uint8Array(record.end - record.start);
  }

  /** Forgets messages that were over before `horizon`, their bytes, and connections without any left. */
  forget(horizon: number): number {
    const over = ({ sent, arrived, lost }: WireMessage): boolean =>
      sent < horizon && (arrived !== null || lost);
    const count = this.messages.retain((message) => !over(message));
    for (const track of this.#tracks.values()) {
      for (const stream of Object.values(track.streams)) {
        stream.messages.forEach((message, index) => {
          if (message?.entry && over(message.entry.value)) stream.messages[index] = null;
        });
        const first = stream.messages.find((message) => message !== null);
        const below = first ? first.record.start : (stream.segments.at(-1)?.end ?? 0);
        this.recorded -= stream.bytes.size;
        stream.bytes.dropBelow(below);
        this.recorded += stream.bytes.size;
        const gone = stream.segments.findIndex(({ end }) => end > below);
        const removed = stream.segments.splice(0, gone < 0 ? Math.max(0, stream.segments.length - 1) : gone);
        stream.arrived = Math.max(0, stream.arrived - removed.length);
        stream.calls = stream.calls.filter(({ offset, length }) => offset + length > below);
      }
      for (const exchange of track.exchanges) {
        if (exchange?.response?.entry && over(exchange.response.entry.value)) {
          exchange.request = exchange.response = exchange.moment = null;
        }
      }
    }
    this.connections.retain(({ ended }) => !ended || ended.t >= horizon);
    return count;
  }

  #message(track: ConnectionTrack, direction: Direction, index: number, record: WireRecord): MessageTrack {
    const stream = track.streams[direction];
    const message: MessageTrack = {
      id: `c${track.id}-${direction}-${index}`,
      connection: track,
      direction,
      record,
      seen:
        stream.segments.findLast(({ start }) => start <= record.start)?.entered ?? track.entry.value.opened,
      entry: null,
      exchange: null,
      call: null,
      deliveries: [],
    };
    stream.messages[index] = message;
    return message;
  }

  #end(track: ConnectionTrack, ended: Connection['ended']): void {
    track.ended = true;
    this.connections.change(track.entry, { ended });
    for (const { messages } of Object.values(track.streams)) {
      // The last ones: older messages of a connection are complete, or will never be more than they are.
      for (const message of messages.slice(-2)) if (message) this.touch(message);
    }
  }

  #join(message: MessageTrack): void {
    const { request, response, moment } = message.exchange!;
    if (moment && request) moment.message = request;
    if (request && response) response.call = request.call;
    if (request) this.touch(request);
    if (response) this.touch(response);
    this.#hooks.onJoined(message);
  }

  #touchFrom(track: ConnectionTrack, direction: Direction, offset: number): void {
    for (const message of messagesFrom(track.streams[direction], offset)) this.touch(message);
  }

  /** A message that began before others already numbered takes its place among them. */
  #renumber(added: Entry<WireMessage>): void {
    let number = this.#count;
    for (const entry of this.messages.fromEnd()) {
      if (entry.value.number !== number) this.messages.change(entry, { number });
      if (entry === added) return;
      number--;
    }
  }

  /** The connection, also when the event that opened it was lost. */
  #track(connection: number, t: number): ConnectionTrack {
    return this.#tracks.get(connection) ?? this.#open(connection, 0, t);
  }

  #open(connection: number, port: number, t: number): ConnectionTrack {
    const track = createConnectionTrack(
      connection,
      this.connections.add({ id: connection, port, opened: t }),
    );
    this.#tracks.set(connection, track);
    return track;
  }
}

function decodeBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
