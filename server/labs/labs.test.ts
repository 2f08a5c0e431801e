import { expect, test } from 'vitest';
import { CodedError } from '../errors/index.ts';
import { checkFiles } from './labs.ts';
import { FILES, FILES_BYTES } from './limits.ts';

function refusal(files: Record<string, string>): string | undefined {
  try {
    checkFiles(files);
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return undefined;
}

test.each(['server.js', 'lib/chat-room.v2.mjs', 'data_1.json'])('takes a file named %s', (name) => {
  expect(refusal({ [name]: '' })).toBeUndefined();
});

test.each([
  '',
  '../server.js',
  '/etc/passwd',
  'a//b',
  '.env',
  'a/.b',
  'C:\\x',
  'a b.js',
  '__proto__',
  'lib/',
])('refuses a file named "%s"', (name) => {
  expect(refusal(Object.fromEntries([[name, '']]))).toBe('FILE_NAME_REFUSED');
});

test('counts bytes of UTF-8, not characters', () => {
  const third = '你'.repeat(Math.floor(FILES_BYTES / 3));
  expect(refusal({ 'server.js': third })).toBeUndefined();
  expect(refusal({ 'server.js': third + '你' })).toBe('FILES_TOO_LARGE');
});

test('refuses more files than a lab may have', () => {
  const files = Object.fromEntries(Array.from({ length: FILES + 1 }, (_, index) => [`f${index}.js`, '']));
  expect(refusal(files)).toBe('FILES_TOO_LARGE');
});
