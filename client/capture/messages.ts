/** Makes one message on the wire of what is known of it. Pure. */
import type { SourcePosition } from '#protocol/errors';
import type { CallEvent } from '#protocol/telemetry';
import type { WireRecord } from '../dissect/records.ts';
import type { MessageTrack } from './connections.ts';
import type { Segment, WireMessage, Write } from './run.ts';

/** @param number its place on the wire, from 1. */
export function composeMessage(track: MessageTrack, number: number): WireMessage {
  const { record, connection, direction, exchange, call } = track;
  const stream = connection.streams[direction];
  const segments = segmentsIn(stream.segments, record.start, record.end);
  const arrived = arrivalOf(record, segments);
  const response = direction === 'down';
  const moment = response ? null : (exchange?.moment ?? null);
  const handled = response ? (call?.handledIn(record) ?? null) : moment;
  return {
    id: track.id,
    number,
    connection: connection.id,
    direction,
    record,
    segments,
    sent: segments[0]?.entered ?? track.seen,
    arrived,
    lost: connection.ended && arrived === null,
    peer: (response ? exchange?.request : exchange?.response)?.id ?? null,
    writtenAt: response ? linesOf(stream.calls, record) : only(call?.at),
    handledAt: only(handled?.at),
    handled: handled?.t ?? null,
    deliveries: track.deliveries,
    part: null,
    writes: response ? writesIn(stream.calls, record) : [],
    contents: [],
    call: call?.call ?? null,
    page: null,
  };
}

/** The segments of [start, end), cut to it: one read can hold the end of a message and the next one. */
function segmentsIn(segments: Segment[], start: number, end: number): Segment[] {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  const found: Segment[] = [];
  for (let index = low; index < segments.length && segments[index]!.start < end; index++) {
    const segment = segments[index]!;
    found.push(
      segment.start >= start && segment.end <= end
        ? segment
        : { ...segment, start: Math.max(start, segment.start), end: Math.min(end, segment.end) },
    );
  }
  return found;
}

/** When the last byte came out; null while bytes are in flight or still to be written. */
function arrivalOf(record: WireRecord, segments: Segment[]): number | null {
  if (!record.complete || segments.length === 0) return null;
  let last = 0;
  for (const { arrived } of segments) {
    if (arrived === null) return null;
    last = Math.max(last, arrived);
  }
  return last;
}

function writesIn(calls: CallEvent[], record: WireRecord): Write[] {
  return calls.flatMap(({ offset, length, name, at }) => {
    const [start, end] = [Math.max(offset, record.start), Math.min(offset + length, record.end)];
    return start < end ? [{ start, end, name, at }] : [];
  });
}

/** The lines whose calls wrote bytes of the record, each once, in order. */
function linesOf(calls: CallEvent[], record: WireRecord): SourcePosition[] {
  const lines = new Map<string, SourcePosition>();
  for (const { offset, length, at } of calls) {
    if (at && offset < record.end && offset + length > record.start) {
      lines.set(`${at.file}:${at.line}:${at.column}`, at);
    }
  }
  return [...lines.values()];
}

function only(position: SourcePosition | undefined): SourcePosition[] {
  return position ? [position] : [];
}
