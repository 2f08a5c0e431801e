import type { DissectUpdate } from '../batch.ts';
import type {
  ChunkRecord,
  FrameRecord,
  SseEventContent,
  WebSocketMessageContent,
  WireRecord,
} from '../records.ts';
import type { ContentChange } from '../stream/content-log.ts';
import { pack, unpack, type Packed, type Shape } from './columns.ts';

/** An update on its way from the worker. */
export type PackedUpdate = Omit<DissectUpdate, 'records' | 'contents'> & {
  records: Packed<WireRecord, RecordKind>;
  contents: Packed<ContentChange, ContentKind>;
};

type RecordKind = 'frame' | 'chunk';
type ContentKind = 'websocket-message' | 'sse-event';

const MASKED = 256;
const FIN = 128;

const frames: Shape<FrameRecord> = {
  width: 8,
  fits: ({ complete, malformed }) => complete && malformed.length === 0,
  write(frame, row) {
    row.number(frame.start);
    row.number(frame.end);
    row.number(frame.data);
    row.number(
      frame.opcode | (frame.rsv << 4) | (frame.fin ? FIN : 0) | (frame.maskingKey === null ? 0 : MASKED),
    );
    row.number(frame.maskingKey ?? 0);
    row.number(frame.payloadLength);
    row.number(frame.headerLength);
    row.maybe(frame.answers);
  },
  read(row) {
    const start = row.number();
    const end = row.number();
    const data = row.number();
    const bits = row.number();
    const key = row.number();
    return {
      protocol: 'websocket',
      kind: 'frame',
      start,
      end,
      complete: true,
      data,
      malformed: [],
      fin: (bits & FIN) !== 0,
      rsv: (bits >> 4) & 7,
      opcode: bits & 15,
      maskingKey: (bits & MASKED) === 0 ? null : key,
      payloadLength: row.number(),
      headerLength: row.number(),
      answers: row.maybe(),
    };
  },
};

const chunks: Shape<ChunkRecord> = {
  width: 8,
  fits: ({ complete, malformed }) => complete && malformed.length === 0,
  write(chunk, row) {
    row.number(chunk.start);
    row.number(chunk.end);
    row.number(chunk.data);
    row.number(chunk.message);
    row.number(chunk.size);
    row.string(chunk.extensions);
    row.number(chunk.last ? 1 : 0);
    row.number(chunk.contextFrom);
  },
  read: (row) => ({
    protocol: 'http1',
    kind: 'chunk',
    start: row.number(),
    end: row.number(),
    complete: true,
    data: row.number(),
    malformed: [],
    message: row.number(),
    size: row.number(),
    extensions: row.string(),
    last: row.number() === 1,
    contextFrom: row.number(),
  }),
};

interface Carries<Content> {
  index: number;
  content: Content;
}

const messages: Shape<Carries<WebSocketMessageContent>> = {
  width: 8,
  fits: ({ content }) => content.complete && content.ranges.length === 1 && content.closeCode === null,
  write({ index, content }, row) {
    const [range] = content.ranges;
    row.number(index);
    row.number(range!.start);
    row.number(range!.end);
    row.number(content.opcode);
    row.number(content.frames);
    row.number(content.size);
    row.maybe(content.inflatedSize);
    row.string(content.text);
  },
  read: (row) => ({
    index: row.number(),
    content: {
      kind: 'websocket-message',
      ranges: [{ start: row.number(), end: row.number() }],
      complete: true,
      opcode: row.number(),
      frames: row.number(),
      size: row.number(),
      inflatedSize: row.maybe(),
      text: row.string(),
      closeCode: null,
    },
  }),
};

const events: Shape<Carries<SseEventContent>> = {
  width: 8,
  fits: ({ content }) => content.complete && content.ranges.length === 1,
  write({ index, content }, row) {
    const [range] = content.ranges;
    row.number(index);
    row.number(range!.start);
    row.number(range!.end);
    row.number(content.dispatched ? 1 : 0);
    row.string(content.event);
    row.string(content.data);
    row.string(content.lastEventId);
    row.maybe(content.retry);
  },
  read: (row) => ({
    index: row.number(),
    content: {
      kind: 'sse-event',
      ranges: [{ start: row.number(), end: row.number() }],
      complete: true,
      dispatched: row.number() === 1,
      event: row.string(),
      data: row.string(),
      lastEventId: row.string(),
      retry: row.maybe(),
    },
  }),
};

// `pack` looks a shape up by the kind of what it is given to write.
const RECORDS = { frame: frames, chunk: chunks } as unknown as Record<RecordKind, Shape<WireRecord>>;
const CONTENTS = { 'websocket-message': messages, 'sse-event': events } as unknown as Record<
  ContentKind,
  Shape<ContentChange>
>;

export function packUpdate(update: DissectUpdate): PackedUpdate {
  return {
    ...update,
    records: pack(update.records, ({ kind }) => kind, RECORDS),
    contents: pack(update.contents, ({ content }) => content.kind, CONTENTS),
  };
}

/** The update as it was packed. */
export function unpackUpdate(update: PackedUpdate): DissectUpdate {
  return {
    ...update,
    records: unpack(update.records, RECORDS),
    contents: unpack(update.contents, CONTENTS),
  };
}

/** What need not be copied when it crosses. */
export function buffersOf({ records, contents }: PackedUpdate): ArrayBuffer[] {
  return [...records, ...contents].flatMap((part) =>
    Array.isArray(part) ? [] : [part.numbers.buffer as ArrayBuffer],
  );
}
