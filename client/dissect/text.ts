import { NAME_CHARACTERS } from './limits.ts';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;

/** Bytes of a head as text, one character a byte (ISO 8859-1), so that offsets in text and bytes agree. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  // In steps, because the arguments of one call have a limit.
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}

/** The other way round. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** RFC 9110 §5.6.2: is this a token (a method, a field name)? */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}

/** Without the spaces and tabs (OWS, RFC 9110 §5.6.3) around it. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text, start)) start++;
  while (end > start && isSpace(text, end - 1)) end--;
  return text.slice(start, end);
}

/** Is there a space or a tab at this place? */
export function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === TAB;
}

/**
 * The name of a run of bytes: the text itself with line ends visible, cut after 40 characters;
 * hex pairs when it is not UTF-8 text.
 *
 * @param more True when the run goes on after `bytes`.
 */
export function nameOf(bytes: Uint8Array, more = false): string {
  const shown: string[] = [];
  let at = 0;
  while (at < bytes.length && shown.length < NAME_CHARACTERS) {
    const length = characterLength(bytes, at);
    if (length === 0) return hexName(bytes, more);
    // The rest of this character is not there, or was not kept.
    if (at + length > bytes.length) break;
    shown.push(visible(codePoint(bytes, at, length)));
    at += length;
  }
  return shown.join('') + (more || at < bytes.length ? '…' : '');
}

function visible(code: number): string {
  if (code === CR) return '\\r';
  if (code === LF) return '\\n';
  if (code === TAB) return '\\t';
  return String.fromCodePoint(code);
}

function hexName(bytes: Uint8Array, more: boolean): string {
  const pairs = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  return pairs.join(' ') + (more || bytes.length > 8 ? ' …' : '');
}

/** Bytes of the UTF-8 character that begins here (RFC 3629 §4); 0 when none does or it is a control code. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return (first >= 0x20 && first !== 0x7f) || [TAB, LF, CR].includes(first) ? 1 : 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (let next = 1; next < length && at + next < bytes.length; next++) {
    if ((bytes[at + next]! & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1];
  if (second === undefined) return length;
  // Over-long forms, surrogates, and what lies above U+10FFFF.
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  return length;
}

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  let code = length === 1 ? bytes[at]! : bytes[at]! & (0xff >> (length + 1));
  for (let next = 1; next < length; next++) code = (code << 6) | (bytes[at + next]! & 0x3f);
  return code;
}
