import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Inflater, type Inflated } from './inflate.ts';

function inflate(
  inflater: Inflater,
  payload: Uint8Array,
  most = Infinity,
): { result: Inflated; bytes: Buffer } {
  const pieces: Buffer[] = [];
  const result = inflater.message(payload, (piece) => pieces.push(Buffer.from(piece)), most);
  return { result, bytes: Buffer.concat(pieces) };
}

/** Text with repetitions near and far. */
function sample(length: number, seed: number): Buffer {
  let state = seed;
  const words = Array.from({ length: 200 }, (_, index) => `word${(index * 7919) % 1000} `);
  let text = '';
  while (text.length < length) {
    state = (state * 16_807) % 2_147_483_647;
    text += words[state % words.length];
  }
  return Buffer.from(text.slice(0, length));
}

const noise = (length: number) =>
  Buffer.from(Array.from({ length }, (_, at) => (at * at * 31 + (at >> 3)) & 0xff));

describe('inflating', () => {
  const settings = [
    ['stored', { level: 0 }],
    ['fixed codes', { strategy: constants.Z_FIXED }],
    ['dynamic codes', { level: 9 }],
    ['runs', { strategy: constants.Z_RLE }],
    ['a small window', { windowBits: 9 }],
  ] as const;

  it.each(settings)('gives back what zlib deflated with %s', (_, options) => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('a'),
      sample(300, 1),
      sample(300_000, 2),
      noise(70_000),
    ]) {
      const deflated = deflateRawSync(bytes, { ...options, finishFlush: constants.Z_SYNC_FLUSH });
      const { result, bytes: inflated } = inflate(new Inflater(), deflated.subarray(0, -4));
      expect(result).toBe('ok');
      expect(inflated.equals(bytes)).toBe(true);
    }
  });

  it('reads what is at the very end of the window', () => {
    const first = noise(32_768);
    const second = Buffer.concat([first.subarray(0, 300), Buffer.from('!')]);
    const inflater = new Inflater();
    const store = deflateRawSync(first, { finishFlush: constants.Z_SYNC_FLUSH });
    expect(inflate(inflater, store.subarray(0, -4)).result).toBe('ok');
    const refer = deflateRawSync(second, { dictionary: first, finishFlush: constants.Z_SYNC_FLUSH });
    expect(inflate(inflater, refer.subarray(0, -4)).bytes.equals(second)).toBe(true);
  });

  it('goes on after a block that says it is the last (RFC 7692 §7.2.3.5)', () => {
    const inflater = new Inflater();
    const final = Buffer.from([0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00]);
    expect(inflate(inflater, final).bytes.toString()).toBe('Hello');
    const twoBlocks = Buffer.from([
      0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00,
    ]);
    expect(inflate(inflater, twoBlocks).bytes.toString()).toBe('Hello');
  });

  it('reads a message whose tail was left on', () => {
    const whole = deflateRawSync('hello', { finishFlush: constants.Z_SYNC_FLUSH });
    expect(inflate(new Inflater(), whole)).toMatchObject({ result: 'ok', bytes: Buffer.from('hello') });
  });

  it.each([
    ['a block of no type', [0x06]],
    ['a stored length that contradicts itself', [0x00, 0x05, 0x00, 0x05, 0x00]],
    ['a reference before the beginning', [0x4a, 0x04, 0x62, 0x00]],
    ['codes that cannot be', [0x04, 0xff, 0xff, 0xff, 0xff]],
  ])('refuses %s', (_, bytes) => {
    expect(inflate(new Inflater(), Uint8Array.from(bytes)).result).toBe('corrupt');
  });

  it('ends at its bound', () => {
    const deflated = deflateRawSync(Buffer.alloc(1_000_000), { finishFlush: constants.Z_SYNC_FLUSH });
    const { result, bytes } = inflate(new Inflater(), deflated.subarray(0, -4), 1000);
    expect([result, bytes.length]).toEqual(['too-long', 1000]);
    const exact = inflate(new Inflater(), deflated.subarray(0, -4), 1_000_000);
    expect([exact.result, exact.bytes.length]).toEqual(['ok', 1_000_000]);
  });
});
