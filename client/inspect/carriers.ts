import type { Run, WireMessage } from '../capture/run.ts';
import type { ContentRecord } from '../dissect/records.ts';

/** What is complete is looked for once. */
const known = new WeakMap<ContentRecord, Map<string, Carriers>>();

/** The messages that carry one content: the chunks of an event, the frames of a WebSocket message. */
export interface Carriers {
  /** In order. */
  messages: WireMessage[];
  /** Place of the one that was asked about, from 0. */
  place: number;
}

/** Which messages of the same direction a content goes over, given one of them. */
export function carriersOf(run: Run, message: WireMessage, content: ContentRecord): Carriers {
  if (!content.complete) return lookFor(run, message, content);
  const found = known.get(content) ?? new Map<string, Carriers>();
  known.set(content, found);
  const carriers = found.get(message.id) ?? lookFor(run, message, content);
  found.set(message.id, carriers);
  return carriers;
}

function lookFor(run: Run, message: WireMessage, { ranges }: ContentRecord): Carriers {
  const from = ranges[0]?.start ?? 0;
  const to = ranges.at(-1)?.end ?? 0;
  const carries = ({ record }: WireMessage) =>
    ranges.some(({ start, end }) => start < record.end && end > record.start);
  const before: WireMessage[] = [];
  for (const each of neighbours(run, message, -1)) {
    if (each.record.end <= from) break;
    if (carries(each)) before.unshift(each);
  }
  const after: WireMessage[] = [];
  for (const each of neighbours(run, message, 1)) {
    if (each.record.start >= to) break;
    if (carries(each)) after.push(each);
  }
  return { messages: [...before, message, ...after], place: before.length };
}

/** The messages next to one in its direction, by their index, as far as they are on the wire. */
export function* neighbours(run: Run, { id }: WireMessage, step: 1 | -1): Generator<WireMessage> {
  const at = id.lastIndexOf('-') + 1;
  const first = Number(id.slice(at));
  for (let away = 1; ; away++) {
    const next = run.messages.get(`${id.slice(0, at)}${first + step * away}`);
    if (!next) return;
    yield next;
  }
}
