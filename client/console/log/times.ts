/** Lab time as a console row shows it, in s: at most five characters while a run is below 3 hours. */
export function rowTime(ms: number): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 99.995) return s.toFixed(2);
  if (s < 999.95) return s.toFixed(1);
  return s.toFixed(0);
}

/** Lab time as the transport's clock shows it: `0:06.12`. Cut off, not rounded: a clock never runs ahead. */
export function clockTime(ms: number): string {
  const hundredths = Math.floor(Math.max(0, ms) / 10);
  const minutes = Math.floor(hundredths / 6000);
  const rest = hundredths % 6000;
  const seconds = String(Math.floor(rest / 100)).padStart(2, '0');
  return `${minutes}:${seconds}.${String(rest % 100).padStart(2, '0')}`;
}

/** A moment of a gap in s, to a tenth: `4.2`. */
export function gapTime(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(1);
}
