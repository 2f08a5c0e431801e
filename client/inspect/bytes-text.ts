/** Two hex digits. */
export function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** An offset as four hex digits or more. */
export function offsetText(offset: number): string {
  return offset.toString(16).padStart(4, '0');
}

/**
 * What stands under a byte: its character, control codes as escapes, a UTF-8 character under its first
 * byte and nothing under the others, a dot where there is no text.
 */
export function characterAt(bytes: Uint8Array, at: number): string {
  const byte = bytes[at]!;
  if (byte < 0x80) return ascii(byte);
  // The first byte of the character is at most three bytes back.
  for (let start = at; start >= Math.max(0, at - 3); start--) {
    const length = utf8Length(bytes[start]!);
    if (length === 0) continue;
    if (start + length <= at) return '.';
    const character = decodeOne(bytes.subarray(start, start + length));
    if (character === null) return '.';
    return start === at ? character : '';
  }
  return '.';
}

function ascii(byte: number): string {
  if (byte === 0x0d) return '\\r';
  if (byte === 0x0a) return '\\n';
  if (byte === 0x09) return '\\t';
  if (byte === 0x20) return '·';
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}

function utf8Length(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeOne(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null; // not a character
  }
}

/** Bytes as text: UTF-8 where they are, else one character a byte, as heads are read. */
export function textOf(bytes: Uint8Array): string {
  return decodeOne(bytes) ?? new TextDecoder('latin1').decode(bytes);
}

/** Text of a line, with what cannot be seen made visible. */
export function visibleText(bytes: Uint8Array): string {
  return textOf(bytes)
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replace(/\p{Cc}/gu, '.');
}

/** Are these bytes something else than text? A character cut off at the end is still text. */
export function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 4096);
  if (sample.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return true;
  for (let cut = 0; cut < Math.min(4, sample.length); cut++) {
    if (decodeOne(sample.subarray(0, sample.length - cut)) !== null) return false;
  }
  return sample.length > 0;
}
