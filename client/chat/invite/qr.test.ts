import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { modulesOf, pathOf } from './qr.ts';

/** Draws the path as a browser does, `scale` pixels a module. */
function drawn(path: string, modules: number, scale: number) {
  const size = modules * scale;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (const [, left, top, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let y = Number(top) * scale; y < (Number(top) + 1) * scale; y++) {
      const from = (y * size + Number(left) * scale) * 4;
      for (let at = from; at < from + Number(width) * scale * 4; at += 4) data.fill(0, at, at + 3);
    }
  }
  return { width: size, height: size, data };
}

describe('the QR code of an address', () => {
  it.each(['http://192.168.1.5:3000/chat', 'https://learn.example.org/chat', 'http://[fd00::17]:3000/chat'])(
    'is read as %s by a camera',
    (address) => {
      const modules = modulesOf(address);
      expect(decodeQR(drawn(pathOf(modules), modules.length, 6))).toBe(address);
    },
  );

  it('draws each dark module once and nothing else', () => {
    const modules = [
      [true, true, false],
      [false, true, true],
    ];
    expect(pathOf(modules)).toBe('M0 0h2v1h-2zM1 1h2v1h-2z');
  });
});
