import type { TFunction } from 'i18next';
import { count } from './figures.ts';
import { contentOf } from './frame/content.ts';
import { messageNumber, type Subject } from './subject.ts';

const OPCODES = new Set([0, 1, 2, 8, 9, 10]);

/** What is followed, by its name: a delivery, else the message. */
export function tagText({ kind, ordinal, delivery, message }: Subject, t: TFunction<'inspect'>): string {
  if (delivery === null) return message.unasked ? t('panel.unasked') : t(`panel.${kind}`, { n: ordinal });
  const number = messageNumber(delivery);
  return number === null ? delivery : t('panel.message', { n: number });
}

/** What it is, in the terms of its protocol. */
export function whatText(subject: Subject, t: TFunction<'inspect'>): string {
  const { kind, ordinal, delivery, what, bodySize } = subject;
  const carrier = t(`panel.${kind}`, { n: ordinal });
  const parts = [
    ...(delivery === null ? [] : [t('panel.inMessage', { what: carrier })]),
    ...partWords(subject, t),
    ...(what === '' ? [] : [what]),
    ...frameWords(subject, t),
    ...(bodySize && kind !== 'frame' ? [t(sizeKey(kind), { size: count(bodySize) })] : []),
  ];
  return parts.join(t('panel.comma'));
}

/** `of response 1` where the numbers of the chunk agree, else its own place in the response too. */
function partWords({ part, ordinal, message }: Subject, t: TFunction<'inspect'>): string[] {
  if (!part) return [];
  const whole = t(`panel.whole.${message.direction}`, { n: part.of });
  return [part.place === ordinal ? whole : t('panel.placeIn', { n: part.place, whole })];
}

/** `text, masked`: opcode, mask, compression, and whether it is a part only. */
function frameWords({ message }: Subject, t: TFunction<'inspect'>): string[] {
  const { record } = message;
  if (record.kind !== 'frame') return [];
  const { opcode, fin, maskingKey } = record;
  const content = contentOf(message);
  const code = content?.closeCode ?? null;
  const name = t(`opcode.${OPCODES.has(opcode) ? opcode : 'other'}`, { opcode });
  return [
    code === null ? name : `${name} ${code}`,
    ...(fin && opcode !== 0 ? [] : [t('panel.fragment')]),
    ...(maskingKey === null ? [] : [t('panel.masked')]),
    ...(content?.inflatedSize == null ? [] : [t('panel.compressed')]),
  ];
}

function sizeKey(kind: Subject['kind']): 'panel.dataSize' | 'panel.bodySize' {
  return kind === 'chunk' ? 'panel.dataSize' : 'panel.bodySize';
}
