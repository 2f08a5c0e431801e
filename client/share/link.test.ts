import { deflateSync, strToU8 } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNIMPAIRED } from '#protocol/telemetry';
import { fragmentOf } from './fragment.ts';
import { linkOf, readFragment, type SharedCode } from './link.ts';

const CODE: SharedCode = {
  lesson: 'sse',
  step: 4,
  variant: null,
  base: '3f2a',
  files: { 'server.js': 'res.write("data: ä – 中文\\n\\n");\n' },
  conditions: { ...UNIMPAIRED, latencyMs: 100, bandwidth: 2000, proxy: 'buffering' },
  profile: 'ie-9',
};

const fragment = (link: string) => fragmentOf(new URL(link).hash)!;
const packed = (body: unknown) =>
  Buffer.from(deflateSync(strToU8(typeof body === 'string' ? body : JSON.stringify(body)))).toString(
    'base64url',
  );

describe('a link', () => {
  it('leads to the lesson and the step, and brings its code in the fragment', () => {
    const link = linkOf('http://192.168.1.5:3000', CODE);
    expect(link).toMatch(/^http:\/\/192\.168\.1\.5:3000\/lessons\/sse\/4#code=[\w-]+$/);
    expect(readFragment(fragment(link))).toEqual(CODE);
  });

  it('is the same for the same code', () => {
    const files = { 'a.js': '1', 'b.js': '2' };
    const turned = { 'b.js': '2', 'a.js': '1' };
    expect(linkOf('', { ...CODE, files })).toBe(linkOf('', { ...CODE, files: turned }));
  });

  it('brings any text back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), (files) => {
        expect(readFragment(fragment(linkOf('http://a', { ...CODE, files }))).files).toEqual({ ...files });
      }),
    );
  });

  it('of before browsers could be chosen says none', () => {
    const old = packed([1, 'sse', 4, null, '3f2a', CODE.files, {}]);
    expect(readFragment(old).profile).toBeNull();
    expect(linkOf('http://a', { ...readFragment(old) })).toBe(`http://a/lessons/sse/4#code=${old}`);
  });

  it('stands beside other parts of a fragment', () => {
    expect(fragmentOf('#frame=c1-down-3&code=abc')).toBe('abc');
    expect(fragmentOf('#frame=c1-down-3')).toBeNull();
  });
});

describe('a link that is none', () => {
  it('is broken when it was cut short anywhere', () => {
    const whole = fragment(linkOf('http://a', CODE));
    for (let length = 0; length < whole.length - 1; length++) {
      expect(() => readFragment(whole.slice(0, length)), `cut at ${length}`).toThrow('broken');
    }
  });

  it.each([
    ['no base64url', '%%%'],
    ['no deflate stream', Buffer.from('hello').toString('base64url')],
    ['no JSON', packed('{')],
    ['not a list', packed({})],
    ['a file that is no text', packed([1, 'sse', 4, null, '', { 'server.js': 1 }, {}])],
    ['an unknown condition', packed([1, 'sse', 4, null, '', {}, { magic: 1 }])],
    ['a condition of the wrong kind', packed([1, 'sse', 4, null, '', {}, { latencyMs: '1' }])],
    ['a proxy that is none', packed([1, 'sse', 4, null, '', {}, { proxy: 'evil' }])],
    ['a browser that is no text', packed([1, 'sse', 4, null, '', {}, {}, 9])],
    ['a step that is none', packed([1, 'sse', 'x', null, '', {}, {}])],
  ])('is broken: %s', (_what, text) => {
    expect(() => readFragment(text)).toThrow('broken');
  });

  it('is of another version', () => {
    expect(() => readFragment(packed([2, 'whatever comes then']))).toThrow('version');
  });

  it('does not unpack a bomb', () => {
    expect(() => readFragment(packed(`["${'a'.repeat(5_000_000)}"]`))).toThrow('broken');
  });
});
