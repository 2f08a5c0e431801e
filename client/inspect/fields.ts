import type { Run, WireMessage } from '../capture/run.ts';
import { fieldsFrom, fieldsOf } from '../dissect/index.ts';
import { isHttpMessage, type Field, type WireRecord } from '../dissect/records.ts';
import { unrecordedRanges } from './recorded.ts';

/** Fields are read once: a record is never changed, another one takes its place. */
const known = new WeakMap<WireRecord, Field[]>();

/** The fields of a message, read from its bytes. */
export function fieldsOfMessage(
  run: Run | null,
  message: WireMessage,
  bytesOf: (message: WireMessage) => Uint8Array,
): Field[] {
  const { record } = message;
  const found = known.get(record);
  if (found) return found;
  const start = fieldsFrom(record);
  const bytes = bytesOf({ ...message, record: { ...record, start } });
  const whole = message.part === null ? undefined : run?.messages.get(message.part)?.record;
  const fields = fieldsOf(record, bytes, {
    message: whole && isHttpMessage(whole) ? whole : null,
    contents: message.contents,
    unrecorded: stretch(run, message, start).flatMap((each) =>
      unrecordedRanges(each).map(({ from, to }) => ({
        start: each.record.start + from,
        end: each.record.start + to,
      })),
    ),
  });
  known.set(record, fields);
  return fields;
}

/** The message and those before it in its direction, back to `start`, in order. */
function stretch(run: Run | null, message: WireMessage, start: number): WireMessage[] {
  const messages = [message];
  const [, place = 0] = /-(\d+)$/.exec(message.id) ?? [];
  const prefix = message.id.slice(0, message.id.lastIndexOf('-') + 1);
  for (let index = Number(place) - 1; index >= 0 && messages[0]!.record.start > start; index--) {
    const before = run?.messages.get(`${prefix}${index}`);
    if (!before) break;
    messages.unshift(before);
  }
  return messages;
}
