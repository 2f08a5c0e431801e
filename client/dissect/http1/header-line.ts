import { headerNote } from './header-notes.ts';
import type { Malformed, Role } from '../records.ts';
import type { FieldCollector } from '../stream/field-collector.ts';
import { isSpace, isToken, latin1Bytes, nameOf, trimSpace } from '../text.ts';

export interface HeaderLine {
  /** Null when the line is no field line: nothing in it can be called a name. */
  header: { name: string; value: string } | null;
  malformed: Malformed[];
}

/** Header fields whose value is more than metadata. */
const ROLES = new Map<string, Role>([
  ['content-length', 'length'],
  ['sec-websocket-key', 'key'],
  ['sec-websocket-accept', 'key'],
]);

/**
 * RFC 9112 §5: `field-name ":" OWS field-value OWS`, as one field of the record.
 *
 * @param text The line without its end.
 * @param at Offset of the line in its record.
 * @param fields Where the field is to be added, if anybody wants it.
 */
export function parseHeaderLine(
  text: string,
  at: number,
  kind: 'request' | 'response',
  fields: FieldCollector | null,
): HeaderLine {
  const colon = text.indexOf(':');
  const range = { start: at, end: at + text.length };
  if (colon <= 0) {
    const reason = colon < 0 ? 'noColon' : 'fieldName';
    fields?.add({ ...range, name: nameOf(latin1Bytes(text)), role: 'meta', note: 'inspect:field.noHeader' });
    return { header: null, malformed: [{ offset: at, reason }] };
  }

  const malformed: Malformed[] = [];
  let nameEnd = colon;
  while (nameEnd > 0 && isSpace(text, nameEnd - 1)) nameEnd--;
  // §5.1: no whitespace before the colon; it was used to smuggle requests past proxies.
  if (nameEnd < colon) malformed.push({ offset: at + nameEnd, reason: 'spaceBeforeColon' });
  const name = text.slice(0, nameEnd);
  if (!isToken(name)) malformed.push({ offset: at, reason: 'fieldName' });
  const value = trimSpace(text.slice(colon + 1));
  const control = controlCharacter(text, colon + 1);
  if (control >= 0) malformed.push({ offset: at + control, reason: 'fieldValue' });

  const lower = name.toLowerCase();
  fields?.add({
    ...range,
    name: nameOf(latin1Bytes(text)),
    role: ROLES.get(lower) ?? 'meta',
    ...headerNote(lower, value, kind),
  });
  return { header: { name, value }, malformed };
}

/** RFC 9110 §5.5: a value holds visible characters, spaces and tabs. A CR is noted for the line as a whole. */
function controlCharacter(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 0x20 && code !== 0x09 && code !== 0x0d) || code === 0x7f) return at;
  }
  return -1;
}
