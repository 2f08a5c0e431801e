/** Connections and messages of one run: telemetry of the wire and records of the dissector, joined. */
import type {
  ArrivedEvent,
  AtProxyEvent,
  BytesEvent,
  CallEvent,
  ConnectionEndEvent,
  ConnectionEvent,
  Direction,
  HandedEvent,
  LeftProxyEvent,
  RequestEvent,
  SilenceEvent,
} from '#protocol/telemetry';
import type { DissectUpdate } from '../dissect/client.ts';
import {
  isHttpMessage,
  type ContentRecord,
  type HttpMessageRecord,
  type WireRecord,
} from '../dissect/records.ts';
import { fromBase64 } from './base64.ts';
import { Names, Positions } from './columns/interned.ts';
import { ConnectionTrack, opposite } from './connection-track.ts';
import { isHanded } from './contents.ts';
import { headerOf, type Exchange, type HttpMessage, type ServerMoment } from './exchanges.ts';
import { ServerReads } from './server-reads.ts';
import { SharedHeaders } from './shared-headers.ts';
import { Ledger } from './ledger.ts';
import { MessageView } from './message-view.ts';
import type { PageCall } from './page/page-call.ts';
import { WireJoins } from './wire-joins.ts';
import type { Connection, MessageList, WireMessage } from './run.ts';
import type { Stream } from './stream/stream.ts';
import { Subject } from './subject.ts';
import { MessageTable } from './table/message-table.ts';
import { isDeliverable, Totals } from './totals.ts';

export interface WireHooks {
  /** The start and the head of a request are known. */
  onRequest(message: HttpMessage): void;
  /** It is known which message this is about. */
  onPointed(subject: Subject): void;
}

/** Flags of a message's row. */
const DELIVERABLE = 1;
const DELIVERED = 2;
const ANSWERED = 4;
const REQUESTED = 8;

export class Wire {
  readonly connections = new Ledger<Connection>((connection) => connection.opened);
  readonly table: MessageTable;
  readonly totals = new Totals();
  readonly deliveries = new Map<string, string[]>();
  readonly #names = new Names();
  readonly #positions = new Positions();
  readonly #tracks = new Map<number, ConnectionTrack>();
  readonly #heads = new SharedHeaders();
  readonly #hooks: WireHooks;
  readonly #view: MessageView;
  readonly #joins: WireJoins;
  readonly #reads: ServerReads;

  constructor(hooks: WireHooks) {
    this.#hooks = hooks;
    this.table = new MessageTable((connection) => this.#tracks.get(connection)?.endedAt ?? Infinity);
    this.#view = new MessageView(this.table, this.#tracks, this.#positions, this.deliveries);
    this.#joins = new WireJoins({
      records: this.table.records,
      trackOf: (connection) => this.#tracks.get(connection),
      handled: (row, t, at) => this.#handled(row, t, this.#positions.numberOf(at)),
      passed: (row) => this.#delivered(row, null),
      changed: (row) => this.#view.changed(row),
      pointed: (subject) => this.#hooks.onPointed(subject),
    });
    this.#reads = new ServerReads({
      records: this.table.records,
      handled: (row, t, at) => this.#handled(row, t, this.#positions.numberOf(at)),
      point: (subject, stream, index) => this.#joins.point(subject, stream, index),
    });
  }

  /** Bytes that everything known of the wire takes, about. */
  get byteLength(): number {
    let sum = this.table.byteLength;
    for (const { streams } of this.#tracks.values()) sum += streams.up.byteLength + streams.down.byteLength;
    return sum;
  }

  /** Messages that are kept whole. */
  get whole(): number {
    return this.table.records.whole;
  }

  /** @param subject what was said of its first message, when the app opened it for the learner. */
  opened({ connection, port, t, by }: ConnectionEvent, subject?: Subject): void {
    if (this.#tracks.has(connection)) return;
    this.#open(connection, port, t, by).opening = subject ?? null;
  }

  /** Returns the bytes; null when they were not recorded. */
  bytes({ connection, direction, offset, length, base64, t, by }: BytesEvent): Uint8Array | null {
    const track = this.#track(connection, t);
    const stream = track.streams[direction];
    const recorded = base64 !== undefined;
    if (offset > stream.segments.end || !recorded) track.exchanges.broken = true;
    const before = stream.segments.end;
    if (!stream.segments.add(offset, offset + length, t, recorded, by === 'proxy')) return null;
    this.totals.entered(direction, offset + length - Math.max(before, offset));
    this.#touchFrom(stream, offset);
    const bytes = recorded ? fromBase64(base64) : null;
    if (bytes) stream.bytes.add(offset, bytes);
    return bytes;
  }

  arrived({ connection, direction, end, t }: ArrivedEvent): void {
    const stream = this.#track(connection, t).streams[direction];
    const from = stream.segments.arrivals.end;
    if (!stream.segments.arrivals.add(end, t)) return;
    this.#touchFrom(stream, from);
    this.#settle(stream);
  }

  atProxy({ type, connection, direction, end, t }: AtProxyEvent | LeftProxyEvent): void {
    const { segments } = this.#track(connection, t).streams[direction];
    const marks = type === 'at-proxy' ? segments.atProxy : segments.leftProxy;
    const from = marks.end;
    if (marks.add(end, t)) this.#touchFrom(this.#track(connection, t).streams[direction], from);
  }

  silent({ connection, t }: SilenceEvent): void {
    const track = this.#track(connection, t);
    this.connections.change(track.entry, { silentSince: t });
    this.#lose(track);
  }

  called({ connection, t, name, offset, length, at }: CallEvent): void {
    const stream = this.#track(connection, t).streams.down;
    stream.writes.add({ start: offset, end: offset + length, t, name, at });
    this.#touchFrom(stream, offset);
  }

  ended({ connection, by, error, t }: ConnectionEndEvent): void {
    const track = this.#track(connection, t);
    if (!track.entry.value.ended) this.#end(track, { t, by, error });
  }

  /** The run is over, and with it every connection; not every end may be told any more. */
  stop(t: number): void {
    for (const track of this.#tracks.values()) {
      if (!track.entry.value.ended) this.#end(track, { t, by: 'stop' });
    }
  }

  /** The server code was handed the connection's next request. */
  requested({ connection, t, at }: RequestEvent): ServerMoment {
    const track = this.#track(connection, t);
    const moment: ServerMoment = { t, at, subject: new Subject('server') };
    const exchange = track.exchanges.handed(moment);
    if (exchange) this.#joinMoment(exchange);
    return moment;
  }

  /** Server code that reads the connection itself was handed bytes. */
  handed(event: HandedEvent): ServerMoment {
    const { up } = this.#track(event.connection, event.t).streams;
    this.#touchFrom(up, event.offset);
    return this.#reads.handed(up, event);
  }

  /** Records and contents are new, or were read further. */
  dissected({ connection, direction, first, records, contents }: DissectUpdate): void {
    const track = this.#tracks.get(connection);
    if (!track) return;
    const stream = track.streams[direction];
    records.forEach((record, at) => this.#record(track, stream, first + at, record));
    this.#settle(stream);
    if (direction === 'up') this.#reads.settle(stream);
    for (const { index, content } of contents) this.#content(track, stream, index, content);
  }

  /** A call of the page and a request have found each other, or a call has more to say. */
  progressed(call: PageCall): void {
    for (const { request, response } of call.exchanges) {
      if (response) this.totals.called(response);
      for (const message of [request, response]) {
        if (message) this.#touch(message.stream.rowOf(message.index));
      }
    }
    this.#joins.waiting.add(call);
  }

  /** Makes everything known that can be joined by now. */
  compose(): void {
    this.#joins.resolve();
  }

  /** Deliveries were carried by the message that this is about. */
  carried(subject: Subject, id: string): void {
    this.deliveries.set(id, [...(this.deliveries.get(id) ?? []), ...subject.deliveries]);
    const { message } = subject;
    const stream = message && this.#tracks.get(message.connection)?.streams[message.direction];
    if (message && stream) this.#touch(stream.rowOf(message.index));
  }

  /** The messages as they are now: the same list until something changes. */
  list(): MessageList {
    return this.#view.list();
  }

  /** The recorded bytes of a message. */
  bytesOf({ connection, direction, record }: WireMessage): Uint8Array {
    return this.read(connection, direction, record.start, record.end);
  }

  read(connection: number, direction: Direction, start: number, end: number): Uint8Array {
    const stream = this.#tracks.get(connection)?.streams[direction];
    return stream?.bytes.read(start, end) ?? new Uint8Array(Math.max(0, end - start));
  }

  /** Forgets messages that were over before `horizon`, their bytes, and connections without any left. */
  forget(horizon: number): number {
    const { table } = this;
    const before = table.length;
    const isOver = (row: number): boolean => {
      const end = table.arrivedOf(row) ?? this.#tracks.get(table.connectionOf(row))?.endedAt ?? Infinity;
      return table.sentOf(row) < horizon && end < Infinity;
    };
    const numbers = table.retain((row) => !isOver(row));
    for (const [id, track] of this.#tracks) {
      for (const stream of Object.values(track.streams)) stream.renumber(numbers, table.records);
      track.exchanges.forget(({ stream, index }) => stream.rowOf(index) < 0);
      const { ended } = track.entry.value;
      const isEmpty = Object.values(track.streams).every(({ first, length }) => first === length);
      if (ended && ended.t < horizon && isEmpty) this.#tracks.delete(id);
    }
    this.connections.retain(({ id, ended }) => !ended || ended.t >= horizon || this.#tracks.has(id));
    for (const id of this.deliveries.keys()) if (!this.list().get(id)) this.deliveries.delete(id);
    this.#view.reset();
    return before - table.length;
  }

  #record(track: ConnectionTrack, stream: Stream, index: number, told: WireRecord): void {
    const { table } = this;
    const { connection, direction } = stream;
    if (index < stream.first) return; // Forgotten.
    const record = this.#heads.share(told);
    let row = stream.rowOf(index);
    if (row < 0) {
      const sent = stream.segments.enteredAt(record.start) ?? track.entry.value.opened;
      this.totals.record(record, null);
      row = table.add({ connection, direction, index }, sent, record);
      stream.setRow(index, row);
      this.#view.added(row);
      if (track.opening && direction === 'up') {
        this.#joins.point(track.opening, stream, index);
        track.opening = null;
      }
    } else {
      const isRequest = table.records.kindOf(row) === 'request';
      this.totals.record(record, { isRequest, data: table.records.dataOf(row) });
      table.update(row, record);
      this.#touch(row);
    }
    if (isHttpMessage(record)) this.#head(track, stream, index, row, record);
    if (record.kind === 'frame' && record.answers !== null) {
      this.#pair(stream, index, track.streams[opposite(direction)], record.answers);
    }
    if (record.complete) this.#completed(track, stream, index, row, record);
    const call = stream.headOf(index, table.records)?.exchange?.request?.call;
    if (call) this.#joins.waiting.add(call);
  }

  #head(track: ConnectionTrack, stream: Stream, index: number, row: number, record: HttpMessageRecord): void {
    let message = stream.heads.get(index);
    if (message) message.record = record;
    else {
      message = { stream, index, sent: this.table.sentOf(row), record, exchange: null, call: null };
      stream.addHead(index, message);
    }
    if (!message.exchange) {
      message.exchange = track.exchanges.join(message);
      if (message.exchange) this.#joinExchange(message.exchange);
    }
    const headKnown = record.complete || record.bodyStart > 0;
    if (headKnown && record.kind === 'request' && this.table.flag(row, REQUESTED)) {
      // Nobody knows who answers it, but its call may be known.
      message.exchange ??= { request: message, response: null, moment: null };
      if (!track.entry.value.by) this.#hooks.onRequest(message);
    }
    const status = 'status' in record.startLine ? record.startLine.status : 0;
    if (headKnown && status === 101) track.switching = message.exchange;
  }

  #completed(track: ConnectionTrack, stream: Stream, index: number, row: number, record: WireRecord): void {
    if (record.kind === 'response' && this.table.flag(row, ANSWERED)) this.totals.answered(record);
    if (stream.direction === 'up' || !isDeliverable(record)) return;
    const head = stream.headOf(index, this.table.records) ?? track.switching?.response;
    if (!head || !this.table.flag(row, DELIVERABLE)) return;
    this.totals.deliverable(head);
    const handled = this.table.handledOf(row);
    if (handled !== null) this.#delivered(row, handled);
  }

  #content(track: ConnectionTrack, stream: Stream, index: number, content: ContentRecord): void {
    const known = index < stream.contents.length;
    stream.contents.set(index, content);
    const { records } = this.table;
    const last = stream.indexOf((content.ranges.at(-1)?.end ?? 0) - 1, records);
    for (const { start, end } of content.ranges) {
      for (let at = stream.indexOf(start, records); at <= last; at++) {
        const row = stream.rowOf(at);
        if (row < 0 || records.startOf(row) >= end) break;
        this.#touch(row);
      }
    }
    const row = stream.rowOf(last);
    if (row >= 0 && content.complete && isHanded(content) && stream.contents.count(index)) {
      this.table.addContent(row);
    }
    if (content.kind === 'websocket-message' && !known && content.opcode < 8) stream.data.push(index);
    const call = stream.headOf(last, records)?.exchange?.request?.call ?? track.switching?.request?.call;
    if (call) this.#joins.waiting.add(call);
  }

  #joinExchange(exchange: Exchange): void {
    const { request, response } = exchange;
    this.#joinMoment(exchange);
    if (!request || !response) return;
    this.#pair(request.stream, request.index, response.stream, response.index);
    if (request.call) this.progressed(request.call);
  }

  #joinMoment({ request, moment }: Exchange): void {
    if (!request || !moment) return;
    const row = request.stream.rowOf(request.index);
    if (row >= 0) this.#handled(row, moment.t, this.#positions.numberOf(moment.at));
    this.#joins.point(moment.subject, request.stream, request.index);
  }

  #pair(one: Stream, index: number, other: Stream, otherIndex: number): void {
    const [row, otherRow] = [one.rowOf(index), other.rowOf(otherIndex)];
    if (row >= 0) this.table.setPeer(row, otherIndex);
    if (otherRow >= 0) this.table.setPeer(otherRow, index);
    this.#touch(row);
    this.#touch(otherRow);
  }

  /** Code was handed a message, for the first time; a body that ends with its connection grows, and is handed on and on. */
  #handled(row: number, t: number, position: number): void {
    const before = this.table.handledOf(row);
    if (before !== null && (this.table.records.kindOf(row) !== 'body' || t <= before)) return;
    this.table.setHandled(row, t, position);
    this.#touch(row);
    this.#delivered(row, t);
  }

  /** @param t null when it is not known. */
  #delivered(row: number, t: number | null): void {
    if (!this.table.has(row, DELIVERABLE) || !this.table.flag(row, DELIVERED)) return;
    this.totals.delivered(t === null ? null : t - this.table.sentOf(row));
  }

  /** Messages that are complete have arrived when all their bytes have. */
  #settle(stream: Stream): void {
    const { table } = this;
    const { arrivals } = stream.segments;
    for (; stream.arrived < stream.length; stream.arrived++) {
      const row = stream.rowOf(stream.arrived);
      if (row < 0) continue;
      const end = table.records.endOf(row);
      if (!table.records.isComplete(row)) {
        // Others follow: it will never be more than it is.
        if (stream.arrived < stream.length - 1) continue;
        return;
      }
      if (end > arrivals.end) return;
      const t = arrivals.timeOf(end);
      table.setArrived(row, t);
      this.totals.arrived(stream.direction);
      this.#touch(row);
      const track = this.#tracks.get(stream.connection);
      const response = track?.switching?.response;
      if (track && response?.stream === stream && response.index === stream.arrived && t !== null) {
        this.#switched(track, response.record, t);
      }
    }
  }

  #switched(track: ConnectionTrack, record: HttpMessageRecord, t: number): void {
    const protocol = headerOf(record, 'upgrade') ?? '';
    this.connections.change(track.entry, { switched: { t, protocol } });
  }

  #end(track: ConnectionTrack, ended: Connection['ended']): void {
    this.connections.change(track.entry, { ended });
    this.#lose(track);
  }

  /** What has not arrived is lost, as far as anyone knows. */
  #lose({ streams }: ConnectionTrack): void {
    for (const stream of Object.values(streams)) {
      for (let index = stream.arrived; index < stream.length; index++) {
        const row = stream.rowOf(index);
        if (row < 0) continue;
        this.table.changed(row);
        this.#touch(row);
      }
    }
  }

  /** What is shown of this message has changed. */
  #touch(row: number): void {
    if (row >= 0) this.#view.changed(row);
  }

  #touchFrom(stream: Stream, offset: number): void {
    const { records } = this.table;
    for (let index = stream.indexOf(offset, records); index < stream.length; index++) {
      this.#touch(stream.rowOf(index));
    }
  }

  /** The connection, also when the event that opened it was lost. */
  #track(connection: number, t: number): ConnectionTrack {
    return this.#tracks.get(connection) ?? this.#open(connection, 0, t);
  }

  #open(connection: number, port: number, t: number, by?: 'workbench'): ConnectionTrack {
    const entry = this.connections.add({ id: connection, port, opened: t, ...(by && { by }) });
    const track = new ConnectionTrack(entry, this.#names, this.#positions);
    this.#tracks.set(connection, track);
    return track;
  }
}
