/** Gives a WASM module's memory a hard maximum, which the engine's own build does not declare. */
const MEMORY_SECTION = 5;
const HEADER_BYTES = 8;
const HAS_MAXIMUM = 1;

/** Rewrites the memory section (core spec §5.5.8): one memory, its minimum kept, `maximumPages` added. */
export function withMemoryMaximum(wasm: Uint8Array, maximumPages: number): Uint8Array<ArrayBuffer> {
  let at = HEADER_BYTES;
  while (at < wasm.length) {
    const id = wasm[at]!;
    const size = readLength(wasm, at + 1);
    const end = size.end + size.value;
    if (id === MEMORY_SECTION) {
      const flagsAt = readLength(wasm, size.end).end;
      const minimum = readLength(wasm, flagsAt + 1);
      const body = [1, HAS_MAXIMUM, ...encode(minimum.value), ...encode(maximumPages)];
      const section = [MEMORY_SECTION, ...encode(body.length), ...body];
      return Buffer.concat([wasm.subarray(0, at), Uint8Array.from(section), wasm.subarray(end)]);
    }
    at = end;
  }
  throw new Error('The engine has no memory section.');
}

/** Unsigned LEB128. */
function readLength(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = from, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, end: at + 1 };
  }
}

function encode(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}
