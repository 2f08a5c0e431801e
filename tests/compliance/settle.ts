/** When a program has said all it will say. */
import type { Program } from './program.ts';

export function filesOf({ code, files }: Program): Record<string, string> {
  return { 'server.js': `const http = require('http'); ${code}`, ...files };
}

/** Polls without a new line after which a program counts as silent. */
const SILENT = 20;
const LONGEST_MS = 3_000;

/** Waits until no line has been added for a while and there are `least` of them, but not for ever. */
export async function quiet(lines: () => string[], least = 0): Promise<void> {
  const began = performance.now();
  for (let still = 0, count = -1; still < SILENT;) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const { length } = lines();
    const waits = length < least && performance.now() - began < LONGEST_MS;
    still = length === count && !waits ? still + 1 : 0;
    count = length;
  }
}
