import { expect, it } from 'vitest';
import { patchExtent } from './patch-extent.ts';

it('counts the lines a patch adds', () => {
  expect(patchExtent({ find: 'a;', replace: 'a;\n  b;\n  c;' })).toBe('+2');
});

it('counts the lines a patch rewrites when it adds none', () => {
  expect(patchExtent({ find: 'setInterval(poll, 1000);', replace: 'setInterval(poll, 300);' })).toBe('±1');
  expect(patchExtent({ find: 'a\nb\nc', replace: 'a\nb' })).toBe('±2');
});
