import { kindOf, ordinalOf, type MessageKind } from '../capture/index.ts';
import { isHttpMessage } from '../dissect/records.ts';
import type { Run, Selection, WireMessage } from '../capture/run.ts';

/** What the title of the inspector says, in figures. */
export interface Subject {
  message: WireMessage;
  kind: MessageKind;
  /** Among the messages of its kind; a response has the number of its request. */
  ordinal: number;
  /** In the terms of the protocol: `GET /messages`, `200 OK`; empty for bytes without a meaning. */
  what: string;
  /** Of a chunk: its place in its message, from 1, and that message's number. */
  part: { place: number; of: number } | null;
  /** Bytes of payload; null for bytes without a meaning. */
  bodySize: number | null;
  size: number;
  /** Place on the wire, from 0. */
  place: number;
  /** The delivery that is followed. */
  delivery: string | null;
}

/** The followed message as the inspector names it; null when it is not (or no longer) on the wire. */
export function subjectOf(run: Run | null, selection: Selection | null): Subject | null {
  if (!run || !selection) return null;
  const place = run.messages.indexOf(selection.message);
  const message = place < 0 ? undefined : run.messages.at(place);
  if (!message) return null;
  const { record } = message;
  const kind = kindOf(message);
  return {
    message,
    kind,
    ordinal: ordinalOf(run.messages, message),
    what: whatOf(message),
    part: partOf(run, message),
    bodySize: record.protocol === 'opaque' ? null : record.data,
    size: record.end - record.start,
    place,
    delivery: selection.delivery ?? null,
  };
}

/** `message 3` → 3: deliveries named so are called so in the reader's language. */
export function messageNumber(delivery: string): number | null {
  const number = /^message (\d+)$/i.exec(delivery)?.[1];
  return number === undefined ? null : Number(number);
}

function partOf(run: Run, { id, record, part }: WireMessage): Subject['part'] {
  const whole = part === null ? undefined : run.messages.get(part);
  if (!whole || record.kind !== 'chunk') return null;
  // The records of one direction are numbered, and those of a message follow it.
  const place = Number(id.slice(id.lastIndexOf('-') + 1)) - record.message;
  return { place, of: ordinalOf(run.messages, whole) };
}

function whatOf({ record }: WireMessage): string {
  if (!isHttpMessage(record)) return '';
  if ('method' in record.startLine) return `${record.startLine.method} ${record.startLine.target}`;
  return `${record.startLine.status} ${record.startLine.reason}`.trim();
}
