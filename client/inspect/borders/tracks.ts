import type { SourcePosition } from '#protocol/errors';
import type { Cut, WireMessage } from '../../capture/run.ts';
import type { ContentRecord } from '../../dissect/records.ts';

/** What cuts a stream of bytes, each at borders of its own. */
export const BORDERS = ['write', 'segment', 'chunk', 'content'] as const;
export type Border = (typeof BORDERS)[number];

/** A stretch of the message between two borders of one kind, in offsets of the message. */
export interface Piece {
  from: number;
  to: number;
  /** It goes on in the messages beside. */
  cut?: Cut;
  /** Of a write: the call that wrote it, and its line. */
  name?: string;
  at?: SourcePosition;
  /** What is carried. */
  content?: ContentRecord;
}

export interface Track {
  border: Border;
  pieces: Piece[];
}

/**
 * How writes, TCP segments, the chunk and what it carries divide the bytes of a message. A kind of border
 * that is not known of this message has no track.
 */
export function tracksOf(message: WireMessage): Track[] {
  const { record, writes, segments, contents } = message;
  const within = ({ start, end }: { start: number; end: number }) => ({
    from: Math.max(0, start - record.start),
    to: Math.min(record.end, end) - record.start,
  });
  const called = writes.map((write) => ({
    ...within(write),
    cut: write.cut,
    name: write.name,
    at: write.at,
  }));
  const read = segments.map((segment) => ({ ...within(segment), cut: segment.cut }));
  const chunk = record.kind === 'chunk' ? [{ from: 0, to: record.end - record.start }] : [];
  const carried = contents.flatMap((content) =>
    content.ranges
      .filter(({ start, end }) => start < record.end && end > record.start)
      .map((range) => ({ ...within(range), cut: cutOf(content, message), content })),
  );
  const pieces: Record<Border, Piece[]> = { write: called, segment: read, chunk, content: carried };
  return BORDERS.map((border) => ({ border, pieces: pieces[border] })).filter(
    (track) => track.pieces.length > 0,
  );
}

/** At which ends a content goes on in other messages. */
function cutOf({ ranges, complete }: ContentRecord, { record }: WireMessage): Cut | undefined {
  const before = (ranges[0]?.start ?? record.start) < record.start;
  const behind =
    (ranges.at(-1)?.end ?? 0) > record.end || (!complete && (ranges.at(-1)?.end ?? 0) === record.end);
  if (before && behind) return 'both';
  return before ? 'before' : behind ? 'behind' : undefined;
}

/** Are the borders worth a picture: is there something besides one of each? */
export function isDivided(tracks: readonly Track[]): boolean {
  return tracks.some(({ pieces }) => pieces.length > 1 || pieces.some(({ cut }) => cut !== undefined));
}

/** What goes over several messages, of which this is one. */
export function spanning(message: WireMessage): ContentRecord[] {
  return message.contents.filter(({ ranges }) => {
    const { start, end } = message.record;
    return ranges.some((range) => range.start < start || range.end > end);
  });
}
