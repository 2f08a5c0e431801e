import type { Run, WireMessage } from '../capture/run.ts';
import { fieldsFrom, fieldsOf } from '../dissect/index.ts';
import { isHttpMessage, type Field, type WireRecord } from '../dissect/records.ts';
import { neighbours } from './carriers.ts';
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
  if (!run || message.record.start <= start) return messages;
  for (const before of neighbours(run, message, -1)) {
    messages.unshift(before);
    if (before.record.start <= start) break;
  }
  return messages;
}
