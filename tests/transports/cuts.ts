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
