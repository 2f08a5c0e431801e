/** When a program has said all it will say. */
import type { Program } from './program.ts';

export function filesOf({ code, files }: Program): Record<string, string> {
  return { 'server.js': `const http = require('http'); ${code}`, ...files };
}

const LONGEST_MS = 400;

/** Waits until no line has been added for a while and `enough` says so, but not for ever. */
export async function quiet(lines: () => string[], enough: (lines: string[]) => boolean): Promise<void> {
  const began = performance.now();
  for (let still = 0, count = -1; still < 6;) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const now = lines();
    still = now.length === count ? still + 1 : 0;
    count = now.length;
    if (still >= 6 && !enough(now) && performance.now() - began < LONGEST_MS) still = 0;
  }
}
