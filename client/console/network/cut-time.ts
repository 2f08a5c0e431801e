/** A time of the run as typed, in seconds; in ms, or null when it is none. */
export function parseCutTime(text: string): number | null {
  const seconds = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : null;
}
