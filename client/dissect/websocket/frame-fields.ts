import type { FieldContext } from '../fields.ts';
import type { Field, FrameRecord } from '../records.ts';
import { FieldCollector } from '../stream/field-collector.ts';
import { unmask } from './masking.ts';
import { CLOSE } from './opcodes.ts';

const NAMES = new Map([
  [0x0, 'continuation'],
  [0x1, 'text'],
  [0x2, 'binary'],
  [0x8, 'close'],
  [0x9, 'ping'],
  [0xa, 'pong'],
]);

/** The fields of a frame (RFC 6455 §5.2), its payload named as it is without the mask. */
export function frameFields(
  record: FrameRecord,
  bytes: Uint8Array,
  { contents, unrecorded }: FieldContext,
): Field[] {
  const { start, headerLength, maskingKey, payloadLength, opcode, fin } = record;
  const fields = new FieldCollector();
  fields.open(start);
  const kind = NAMES.get(opcode);
  const note = kind === undefined ? 'reserved' : opcode < CLOSE && !fin ? `${kind}Begun` : kind;
  const hex = (from: number, to: number) =>
    Array.from(bytes.subarray(from, to), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const lengthEnd = headerLength - (maskingKey === null ? 0 : 4);
  fields.add({ start: 0, end: 1, role: 'kind', name: hex(0, 1), note: `inspect:frame.${note}` });
  fields.add({
    start: 1,
    end: lengthEnd,
    role: 'length',
    name: hex(1, lengthEnd),
    note: `inspect:frame.${maskingKey === null ? 'length' : 'lengthMasked'}`,
    params: { count: payloadLength },
  });
  if (maskingKey !== null) {
    fields.add({
      start: lengthEnd,
      end: headerLength,
      role: 'key',
      name: hex(lengthEnd, headerLength),
      note: 'inspect:frame.maskingKey',
    });
  }

  const message = contents.find((content) => content.kind === 'websocket-message');
  const meaning = { note: `inspect:frame.payload${message?.inflatedSize != null ? 'Compressed' : ''}` };
  const end = record.end - start;
  let at = headerLength;
  if (opcode === CLOSE && payloadLength >= 2 && end >= at + 2) {
    const code =
      maskingKey === null ? bytes.slice(at, at + 2) : unmask(bytes.subarray(at, at + 2), maskingKey, 0);
    const number = (code[0]! << 8) | code[1]!;
    fields.add({
      start: at,
      end: at + 2,
      role: 'data',
      name: String(number),
      note: 'inspect:frame.closeCode',
      params: { code: number },
    });
    at += 2;
  }
  for (const range of [...unrecorded, { start: record.end, end: record.end }]) {
    const stop = Math.min(end, Math.max(at, range.start - start));
    const part = bytes.subarray(at, stop);
    const shown = maskingKey === null ? part : unmask(part, maskingKey, at - headerLength);
    fields.addRun('data', start + at, start + stop, shown, meaning);
    at = Math.min(end, Math.max(stop, range.end - start));
    fields.addRun('data', start + stop, start + at, null, meaning);
  }
  return fields.of(start);
}
