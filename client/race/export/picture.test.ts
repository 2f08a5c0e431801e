import { describe, expect, it } from 'vitest';
import { resultFor, trackFor } from '../model/test-result.ts';
import type { Palette } from './palette.ts';
import { pictureOf } from './picture.ts';

const colours = new Proxy({}, { get: () => 'gray' }) as Palette;
const words = {
  name: (technique: string) => `<${technique}>`,
  ...{
    events: 'events',
    delay: 'delay',
    median: 'median',
    requests: 'requests',
    bytes: 'bytes',
    overhead: 'overhead',
  },
};

describe('a race as a picture', () => {
  const svg = pictureOf(
    resultFor([1_000], [trackFor('sse', [1_200]), trackFor('polling', [2_400])]),
    colours,
    words,
  );

  it('is one SVG that needs nothing else', () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="1280" height="262"/);
    expect(svg).not.toMatch(/var\(|class=|href=/);
  });

  it('has every technique, with its text escaped', () => {
    expect(svg).toContain('&#60;sse&#62;');
    expect(svg).toContain('>1.40 s<');
  });
});
