/** The part of `before` that differs from `now`: UTF-16 offsets in `before`, and what stands there now. */
export function changedPart(before: string, now: string): { start: number; end: number; text: string } {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return { start, end: before.length - tail, text: now.slice(start, now.length - tail) };
}
