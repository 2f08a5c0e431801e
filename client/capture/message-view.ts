/** Makes messages of what is known of them, when they are asked for. */
import type { SourcePosition } from '#protocol/errors';
import type { Direction } from '#protocol/telemetry';
import type { Positions } from './columns/interned.ts';
import type { ConnectionTrack } from './connection-track.ts';
import { opposite } from './connection-track.ts';
import type { HttpMessage } from './exchanges.ts';
import { MESSAGES_MADE } from './limits.ts';
import { cutOf } from './ranges.ts';
import type { MessageList, WireMessage, Write } from './run.ts';
import type { CodeCall } from './stream/call-log.ts';
import { idOf, keyOf, type MessageTable } from './table/message-table.ts';
import { KINDS } from './table/record-columns.ts';

export class MessageView {
  readonly #table: MessageTable;
  readonly #tracks: ReadonlyMap<number, ConnectionTrack>;
  readonly #positions: Positions;
  readonly #deliveries: ReadonlyMap<string, string[]>;
  /** By row. What was made stays what it is until something about it changes. */
  readonly #made = new Map<number, WireMessage>();
  #list: MessageList | null = null;

  constructor(
    table: MessageTable,
    tracks: ReadonlyMap<number, ConnectionTrack>,
    positions: Positions,
    deliveries: ReadonlyMap<string, string[]>,
  ) {
    this.#table = table;
    this.#tracks = tracks;
    this.#positions = positions;
    this.#deliveries = deliveries;
  }

  /** A message is new: those behind its place have moved. */
  added(row: number): void {
    this.#list = null;
    for (let place = this.#table.placeOf(row) + 1; place < this.#table.length; place++) {
      this.#made.delete(this.#table.rowAt(place));
    }
  }

  changed(row: number): void {
    this.#list = null;
    this.#made.delete(row);
  }

  /** All rows are others. */
  reset(): void {
    this.#list = null;
    this.#made.clear();
  }

  list(): MessageList {
    return (this.#list ??= this.#makeList(this.#table.length));
  }

  #makeList(length: number): MessageList {
    const table = this.#table;
    const at = (index: number): WireMessage | undefined => {
      const place = index < 0 ? index + length : index;
      return place >= 0 && place < Math.min(length, table.length) ? this.#at(table.rowAt(place)) : undefined;
    };
    const indexOf = (id: string): number => {
      const row = this.#rowOf(id);
      const place = row < 0 ? -1 : table.placeOf(row);
      return place < length ? place : -1;
    };
    const clamp = (index: number): number => Math.min(Math.max(index, 0), length, table.length);
    const slice = (from: number, to = length): WireMessage[] => {
      const first = clamp(from < 0 ? from + length : from);
      const end = clamp(to < 0 ? to + length : to);
      const found: WireMessage[] = [];
      for (let place = first; place < end; place++) found.push(this.#at(table.rowAt(place)));
      return found;
    };
    return {
      length,
      longestMs: table.longestMs,
      at,
      indexOf,
      get: (id) => this.#get(id, length),
      indexAt: (t) => Math.min(length, table.indexAt(t)),
      slice,
      between: (from, to) => [...table.between(from, to)].filter((place) => place < length),
      lastOf: (connection, before, direction) => this.#lastOf(connection, clamp(before), direction),
      countOf: (direction, from, to) =>
        Math.max(0, table.countBefore(direction, clamp(to)) - table.countBefore(direction, clamp(from))),
      contentsBefore: (before, direction) => table.contentsBefore(direction, clamp(before)),
      kindBefore: (before, kind) => table.kindBefore(KINDS.indexOf(kind), clamp(before)),
      *[Symbol.iterator]() {
        for (let place = 0; place < length; place++) yield at(place)!;
      },
    };
  }

  #get(id: string, length: number): WireMessage | undefined {
    const row = this.#rowOf(id);
    return row >= 0 && this.#table.placeOf(row) < length ? this.#at(row) : undefined;
  }

  #rowOf(id: string): number {
    const key = keyOf(id);
    return (key && this.#tracks.get(key.connection)?.streams[key.direction].rowOf(key.index)) ?? -1;
  }

  #lastOf(connection: number, before: number, direction?: Direction): number {
    const streams = this.#tracks.get(connection)?.streams;
    if (!streams) return -1;
    const table = this.#table;
    let last = -1;
    for (const stream of direction ? [streams[direction]] : Object.values(streams)) {
      let low = stream.first;
      let high = stream.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const row = stream.rowOf(middle);
        if (row < 0 || table.placeOf(row) < before) low = middle + 1;
        else high = middle;
      }
      const row = stream.rowOf(low - 1);
      if (row >= 0) last = Math.max(last, table.placeOf(row));
    }
    return last;
  }

  #at(row: number): WireMessage {
    const known = this.#made.get(row);
    if (known) return known;
    // Those made first are not in the window any more, most likely.
    if (this.#made.size >= MESSAGES_MADE) this.#made.delete(this.#made.keys().next().value!);
    const made = this.#make(row);
    this.#made.set(row, made);
    return made;
  }

  #make(row: number): WireMessage {
    const table = this.#table;
    const { connection, direction, index } = table.keyOf(row);
    const track = this.#tracks.get(connection)!;
    const stream = track.streams[direction];
    const record = table.records.get(row);
    const { start, end } = record;
    const id = idOf({ connection, direction, index });
    const arrived = table.arrivedOf(row);
    const peer = table.peerOf(row);
    const head = stream.headOf(index, table.records);
    const call = head ? head.exchange?.request?.call : track.switching?.request?.call;
    const writes = stream.writes.within(start, end).map((write) => cut(write, start, end));
    if (record.kind === 'request' && call) writes.push({ start, end, name: call.name, at: call.at });
    const callbacks = stream.callbacks.within(start, end);
    const isUnasked = head !== undefined && this.#isUnasked(head, track);
    const handledAt = this.#positions.valueOf(table.handledAtOf(row));
    return {
      id,
      number: table.forgotten + table.placeOf(row) + 1,
      connection,
      direction,
      ...(track.entry.value.by && { by: track.entry.value.by }),
      record,
      segments: stream.segments.within(start, end),
      sent: table.sentOf(row),
      arrived,
      lost: arrived === null && track.endedAt < Infinity,
      peer: peer < 0 ? null : idOf({ connection, direction: opposite(direction), index: peer }),
      ...(isUnasked && record.kind === 'response' && { unasked: true }),
      part:
        record.kind === 'chunk' || record.kind === 'body'
          ? idOf({ connection, direction, index: record.message })
          : null,
      writes,
      callbacks: callbacks.map((callback) => ({ ...cut(callback, start, end), t: callback.t })),
      contents: stream.contents.within(start, end),
      writtenAt: linesOf(writes),
      handledAt: handledAt ? [handledAt] : [],
      handled: table.handledOf(row),
      deliveries: this.#deliveries.get(id) ?? [],
      call: call?.call ?? null,
      page: (isUnasked ? this.#servedBefore(head) : call?.page) ?? null,
    };
  }

  /** Whether no request, nor anything that may become one, waited for this response. */
  #isUnasked({ stream, exchange }: HttpMessage, { streams: { up } }: ConnectionTrack): boolean {
    if (stream.direction === 'up' || !exchange || exchange.request || exchange.moment) return false;
    const { records } = this.#table;
    const last = up.rowOf(up.length - 1);
    return last < 0 ? up.segments.end === 0 : records.isComplete(last) && records.get(last).kind !== 'bytes';
  }

  /** The page that was last answered on the connection, before a message. */
  #servedBefore({ stream, index }: HttpMessage): string | null | undefined {
    let head = stream.headBefore(index);
    while (head && !head.exchange?.request?.call) head = stream.headBefore(head.index);
    return head?.exchange?.request?.call?.page;
  }
}

function cut({ start, end, name, at }: CodeCall, from: number, to: number): Write {
  const write: Write = { start: Math.max(start, from), end: Math.min(end, to), name, at };
  const where = cutOf(start < from, end > to);
  return where ? { ...write, cut: where } : write;
}

/** The lines of the calls that wrote, each once, in order. */
function linesOf(writes: Write[]): SourcePosition[] {
  const lines = new Map<string, SourcePosition>();
  for (const { at } of writes) if (at) lines.set(`${at.file}:${at.line}:${at.column}`, at);
  return [...lines.values()];
}
