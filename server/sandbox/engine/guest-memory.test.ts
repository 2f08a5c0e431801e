import { expect, it } from 'vitest';
import type { EngineExports } from './binary-interface.ts';
import { GuestMemory } from './guest-memory.ts';
import type { Image } from './image.ts';

const PAGE = 65_536;
const IMAGE_BYTES = Uint8Array.from({ length: 12_288 }, (_, index) => (index % 255) + 1);

function memory(): { guest: GuestMemory; stack: WebAssembly.Global } {
  const stack = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
  const exports = { memory: new WebAssembly.Memory({ initial: 1, maximum: 8 }), __stack_pointer: stack };
  const head = {
    memoryBytes: 2 * PAGE,
    stackPointer: 4_000,
    runs: [
      [8_192, 8_192],
      [65_536, 4_096],
    ],
  };
  const image = { head, pages: IMAGE_BYTES } as unknown as Image;
  return { guest: new GuestMemory(exports as unknown as EngineExports, image), stack };
}

it('S14 is after a reset what a new one is, wherever a guest wrote', () => {
  const { guest, stack } = memory();
  const blank = guest.bytes.slice();
  stack.value = 12;
  for (let at = 0; at < guest.size; at += 1_021) guest.bytes[at] = 0xee;
  guest.bytes[guest.size - 1] = 0xee;
  guest.reset();
  expect(guest.bytes).toEqual(blank);
  expect(stack.value).toBe(4_000);
});

it('S14 clears also what it has grown by', () => {
  const { guest } = memory();
  guest.copyIn({ memory: new Uint8Array(3 * PAGE).fill(0xee), stackPointer: 0 });
  guest.reset();
  expect(guest.bytes.subarray(2 * PAGE).every((byte) => byte === 0)).toBe(true);
  expect(guest.bytes.subarray(8_192, 16_384)).toEqual(IMAGE_BYTES.subarray(0, 8_192));
});
