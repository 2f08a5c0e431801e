/** Numbers that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Calls `cut` at random moments, `meanMs` apart on average (exponential, as of independent causes). @returns ends it. */
export function cutAtRandom(random: () => number, meanMs: number, cut: () => void): () => void {
  let timer: NodeJS.Timeout;
  const next = (): void => {
    timer = setTimeout(
      () => {
        cut();
        next();
      },
      -Math.log(1 - random()) * meanMs,
    );
  };
  next();
  return () => clearTimeout(timer);
}
