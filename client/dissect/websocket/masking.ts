let scratch = new Uint8Array(65_536);
let words = new Uint32Array(scratch.buffer);

/** Is the first byte of a word in memory its lowest? It is on every machine that runs a browser today. */
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * RFC 6455 §5.3: takes the mask off.
 *
 * @param key The masking key, first byte highest.
 * @param position Of the first byte in the frame's payload.
 * @returns A view that is valid until the next call.
 */
export function unmask(bytes: Uint8Array, key: number, position: number): Uint8Array {
  const { length } = bytes;
  if (scratch.length < length) {
    scratch = new Uint8Array(2 ** Math.ceil(Math.log2(length)));
    words = new Uint32Array(scratch.buffer);
  }
  scratch.set(bytes);
  const turned =
    position % 4 === 0 ? key : (key << ((position % 4) * 8)) | (key >>> (32 - (position % 4) * 8));
  const word = LITTLE_ENDIAN ? swapped(turned) : turned;
  const whole = length >> 2;
  for (let index = 0; index < whole; index++) words[index]! ^= word;
  for (let index = whole << 2; index < length; index++) {
    scratch[index]! ^= (turned >>> (24 - (index & 3) * 8)) & 0xff;
  }
  return scratch.subarray(0, length);
}

function swapped(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
