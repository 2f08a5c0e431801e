import type { FrameRecord, WebSocketMessageContent } from '../../dissect/records.ts';
import type { Meaning } from '../field-items.ts';

export type PartId =
  'fin' | 'rsv' | 'opcode' | 'mask' | 'length' | 'extended' | 'maskingKey' | 'closeCode' | 'payload';

/** One field of the picture in RFC 6455 §5.2; its name there is its name here. */
export interface FramePart extends Meaning {
  id: PartId;
}

const CONTROL = 8;
const CLOSE = 8;
const RSV1 = 4;

/** What the payload is, where the opcode says it. */
const PAYLOADS: Record<number, string> = { 1: 'text', 2: 'binary', 8: 'reason', 9: 'ping', 10: 'pong' };
const OPCODES = new Set([0, 1, 2, 8, 9, 10]);

/**
 * The fields of a frame, bit by bit, in the order of the wire.
 *
 * @param content The message that the frame is of; null when its opcode means nothing.
 */
export function frameParts(
  record: FrameRecord,
  direction: 'up' | 'down',
  content: WebSocketMessageContent | null,
): FramePart[] {
  const { fin, rsv, opcode, maskingKey, payloadLength } = record;
  const isMasked = maskingKey !== null;
  const control = opcode >= CONTROL;
  const compressed = content?.inflatedSize != null;
  const part = (id: PartId, role: Meaning['role'], name: string, note: string, params = {}): FramePart => ({
    id,
    role,
    name,
    note: `inspect:part.${note}`,
    params,
  });
  const parts = [
    part('fin', 'kind', 'FIN', fin ? (control ? 'finControl' : 'fin') : 'finMore'),
    part('rsv', 'meta', 'RSV1–3', rsv === 0 ? 'rsvNone' : rsv === RSV1 && compressed ? 'rsvDeflate' : 'rsv'),
    part('opcode', 'kind', 'opcode', OPCODES.has(opcode) ? `opcode.${opcode}` : 'opcode.other', { opcode }),
    part('mask', 'key', 'MASK', `mask.${direction}${isMasked ? 'Masked' : 'Unmasked'}`),
    part('length', 'length', 'length', `length.${lengthForm(record)}`, { count: payloadLength }),
  ];
  if (lengthForm(record) !== 'short') {
    parts.push(part('extended', 'length', 'extended length', 'extended', { count: payloadLength }));
  }
  if (isMasked) parts.push(part('maskingKey', 'key', 'masking key', 'maskingKey'));
  const ofCode = opcode === CLOSE && payloadLength >= 2 ? 2 : 0;
  if (ofCode > 0) parts.push(part('closeCode', 'data', 'status code', ...closeCode(content)));
  if (payloadLength > ofCode) {
    const kind = compressed ? 'compressed' : (PAYLOADS[content?.opcode ?? opcode] ?? 'other');
    parts.push(part('payload', 'data', kind === 'reason' ? 'reason' : 'payload', `payload.${kind}`));
  }
  return parts;
}

/** Which of the three forms of §5.2 tells the payload length, by the bytes of the header. */
function lengthForm({ headerLength, maskingKey }: FrameRecord): 'short' | 'bits16' | 'bits64' {
  const bytes = headerLength - 2 - (maskingKey === null ? 0 : 4);
  return bytes === 0 ? 'short' : bytes === 2 ? 'bits16' : 'bits64';
}

/** RFC 6455 §7.4 and its registry: codes with a meaning of their own; others by their range. */
const CODES = new Set([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014]);

/** The key of what a status code means, under `inspect:closeCode.`. */
export function closeCodeKey(code: number): string {
  if (CODES.has(code)) return String(code);
  if (code >= 4000 && code < 5000) return 'private';
  if (code >= 3000 && code < 4000) return 'registered';
  return 'never';
}

function closeCode(content: WebSocketMessageContent | null): [note: string, params?: { code: number }] {
  const code = content?.closeCode ?? null;
  return code === null ? ['closeCode'] : [`code.${closeCodeKey(code)}`, { code }];
}

/** In which part a violation is, by its reason (a key of `inspect:malformed.`). */
const PLACES: Partial<Record<string, PartId>> = {
  wsReservedBits: 'rsv',
  wsRsv1: 'rsv',
  wsOpcode: 'opcode',
  wsContinuation: 'opcode',
  wsInterrupted: 'opcode',
  wsAfterClose: 'opcode',
  wsControlFragmented: 'fin',
  wsUnmasked: 'mask',
  wsMasked: 'mask',
  wsControlLength: 'length',
  wsLengthForm: 'extended',
  wsLengthBit: 'extended',
  wsCloseCode: 'closeCode',
};

/** The index of the part that a violation is in; the last one where it is about the whole. */
export function placeOf(reason: string, parts: readonly FramePart[]): number {
  const place = parts.findIndex(({ id }) => id === PLACES[reason]);
  return place < 0 ? parts.length - 1 : place;
}
