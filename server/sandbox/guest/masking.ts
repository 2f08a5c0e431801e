/**
 * `bufferutil` for `ws`: masking of frames (RFC 6455 §5.3), four bytes at a time. Byte by byte a message of 1 MiB
 * keeps the engine busy for a tenth of a second.
 */

/** `output[offset + n] = source[n] ^ mask[n % 4]` for `length` bytes. */
export function mask(
  source: Uint8Array,
  key: Uint8Array,
  output: Uint8Array,
  offset: number,
  length: number,
): void {
  output.set(source.subarray(0, length), offset);
  apply(output.subarray(offset, offset + length), key);
}

export function unmask(bytes: Uint8Array, key: Uint8Array): void {
  apply(bytes, key);
}

function apply(bytes: Uint8Array, key: Uint8Array): void {
  const { length, byteOffset, buffer } = bytes;
  let at = 0;
  for (; at < length && ((byteOffset + at) & 3) !== 0; at++) bytes[at]! ^= key[at & 3]!;
  const words = new Uint32Array(buffer, byteOffset + at, (length - at) >> 2);
  const turned = Uint8Array.from({ length: 4 }, (_, n) => key[(at + n) & 3]!);
  const word = new Uint32Array(turned.buffer)[0]!;
  for (let n = 0; n < words.length; n++) words[n]! ^= word;
  for (at += words.length * 4; at < length; at++) bytes[at]! ^= key[at & 3]!;
}
