import { contentsEndingIn } from '../../capture/index.ts';
import type { Run, Segment, WireMessage } from '../../capture/run.ts';
import { type ByteRange, isHttpMessage } from '../../dissect/records.ts';
import type { Boundary } from './frame.ts';

/** Something that crossed as one, for the border that was chosen: a write, a segment, a message, an event. */
export interface Crossing {
  key: string;
  message: WireMessage;
  /** It begins an HTTP message. */
  head: boolean;
  /** When its first byte entered the wire, and its last one left it; ms. */
  entered: number;
  arrived: number | null;
  proxy?: { reached: number; left: number | null };
  /** It began at the proxy. */
  byProxy: boolean;
  start: number;
  end: number;
}

/** An event's first bytes are looked for in this many messages before the one that completes it. */
const MOST_PARTS = 64;

export function crossingsOf(run: Run, messages: readonly WireMessage[], boundary: Boundary): Crossing[] {
  switch (boundary) {
    case 'messages':
      return messages.flatMap(partsOf);
    case 'segments':
      return joined(messages, ({ segments }) => segments);
    case 'writes':
      return joined(messages, ({ writes, segments }) => (writes.length > 0 ? writes : segments));
    case 'events':
      return messages.flatMap((message) => [...headOf(message), ...eventsOf(run, message)]);
  }
}

/** A chunk or frame is one, however many segments it took; the head of a message and what follows it are not. */
function partsOf(message: WireMessage): Crossing[] {
  const { record, segments } = message;
  if (segments.length === 0) return [];
  if (record.kind === 'chunk' || record.kind === 'frame') return [crossing(message, record, 0)];
  return segments.map((segment, index) => crossing(message, segment, index));
}

function headOf(message: WireMessage): Crossing[] {
  return isHttpMessage(message.record) ? partsOf(message).slice(0, 1) : [];
}

function eventsOf(run: Run, message: WireMessage): Crossing[] {
  return contentsEndingIn(message).map((content, index) => {
    const first = content.ranges[0]!.start;
    const begun = first >= message.record.start ? message : partWith(run, message, first);
    const entered = segmentAt(begun.segments, first)?.entered ?? begun.sent;
    const end = content.ranges.at(-1)!.end;
    return { ...crossing(message, { start: message.record.start, end }, index), entered, head: false };
  });
}

/** The message of the same direction in which this byte crossed. */
function partWith(run: Run, message: WireMessage, offset: number): WireMessage {
  let found = message;
  let index = run.messages.indexOf(message.id);
  for (let parts = 0; parts < MOST_PARTS && found.record.start > offset; parts++) {
    index = run.messages.lastOf(message.connection, index, message.direction);
    if (index < 0) break;
    found = run.messages.at(index)!;
  }
  return found;
}

/** Pieces with borders of their own, which can lie across several messages: what goes on is one crossing. */
function joined(
  messages: readonly WireMessage[],
  piecesOf: (message: WireMessage) => readonly ByteRange[],
): Crossing[] {
  const found: Crossing[] = [];
  const last = new Map<string, Crossing>();
  for (const message of messages) {
    const stream = `${message.connection} ${message.direction}`;
    piecesOf(message).forEach((piece, index) => {
      const known = last.get(stream);
      const own = crossing(message, piece, index);
      if (known && isSame(known, own, piece, message)) {
        known.end = Math.max(known.end, own.end);
        known.arrived = latest(known.arrived, own.arrived);
        known.proxy = own.proxy ?? known.proxy;
        known.head ||= own.head;
      } else {
        found.push(own);
        last.set(stream, own);
      }
    });
  }
  return found;
}

/** Of one write every message has the same borders; a segment was cut where messages meet. */
function isSame(known: Crossing, own: Crossing, piece: ByteRange, message: WireMessage): boolean {
  if (known.message === message) return false;
  return known.start === piece.start || (own.start === known.end && own.entered === known.entered);
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

/** What of `range` lies in this message, as one crossing. */
function crossing(message: WireMessage, range: ByteRange, index: number): Crossing {
  const { segments, record } = message;
  const first = segmentAt(segments, Math.max(range.start, record.start)) ?? segments[0];
  const last = segmentAt(segments, Math.min(range.end, record.end) - 1) ?? segments.at(-1);
  return {
    key: `${message.id}/${index}`,
    message,
    head: isHttpMessage(record) && range.start <= (segments[0]?.start ?? record.start),
    entered: first?.entered ?? message.sent,
    arrived: last?.arrived ?? null,
    proxy: last?.proxy && { reached: last.proxy.reached, left: last.proxy.left },
    byProxy: first?.by === 'proxy',
    start: range.start,
    end: range.end,
  };
}

/** Segments follow each other; a body that is told until its connection closes may have thousands. */
function segmentAt(segments: readonly Segment[], offset: number): Segment | undefined {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  const found = segments[low];
  return found && found.start <= offset ? found : undefined;
}
