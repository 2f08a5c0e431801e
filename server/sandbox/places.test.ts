import { expect, it } from 'vitest';
import { callAt, loopAt } from './places.ts';
import { readScripts, type Script } from './syntax.ts';
import { withMemoryMaximum } from './engine/wasm-memory.ts';

function script(source: string): Script {
  const read = readScripts({ 'server.js': source });
  if ('error' in read) throw new Error(read.error.message);
  return read.scripts.get('server.js')!;
}
const place = (line: number, column: number) => ({ file: 'server.js', line, column });

it('finds where a call is written from the place of its last argument', () => {
  const code = script('res.end(\n  JSON.stringify({\n    a: now(),\n  }),\n);');
  expect(callAt(code, place(3, 8), 'end')).toEqual(place(1, 5));
  expect(callAt(code, place(3, 8), 'now')).toEqual(place(3, 8));
  expect(callAt(code, place(3, 8), 'write')).toBeUndefined();
});

it('takes the innermost of nested calls with one name', () => {
  const code = script('a.on("x", () => {\n  b.on("y", f(1));\n});');
  expect(callAt(code, place(2, 13), 'on')).toEqual(place(2, 5));
});

it('finds the loop around a place, or the next one of its function', () => {
  const code = script(
    'function a() {\n  for (const x of []) x();\n  while (true) {\n  }\n}\nfunction b() { for (;;); }',
  );
  expect(loopAt('server.js', code, place(1, 1))).toEqual(place(3, 3));
  expect(loopAt('server.js', code, place(6, 1))).toEqual(place(6, 16));
});

it('gives a WASM memory its maximum', async () => {
  // A module with one memory of at least one page (core spec §5.5.8), exported as "m".
  const module = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 5, 1, 1, 109, 2, 0]);
  const limited = await WebAssembly.compile(withMemoryMaximum(module, 2));
  const memory = new WebAssembly.Instance(limited).exports.m as WebAssembly.Memory;
  expect(memory.grow(1)).toBe(1);
  expect(() => memory.grow(1)).toThrow(RangeError);
});
