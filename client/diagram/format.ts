const THIN_SPACE = '\u2009';

/** A count with thin spaces between thousands, as on an engineering drawing. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** A delay in ms: whole from 10 on, otherwise with two significant figures; never -0. */
export function milliseconds(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 9.95) return (ms < 0 ? '−' : '') + count(size);
  if (size >= 0.995) return ms.toFixed(1);
  return size < 0.005 ? '0' : ms.toFixed(2);
}

/** A lab time in s. */
export function seconds(ms: number, digits = 2): string {
  return (Math.max(0, ms) / 1000).toFixed(digits);
}

/** Figures after the point that two times must have to differ on a scale of this step. */
export function digitsOf(stepMs: number): number {
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(stepMs / 1000) - 1e-9)));
}

/** Amount and unit of a number of bytes: exact below 100 000, in powers of ten above (as on the wire). */
export function bytes(value: number): { amount: string; unit: 'B' | 'kB' | 'MB' } {
  if (value < 100_000) return { amount: count(value), unit: 'B' };
  if (value < 10_000_000) return { amount: count(value / 1_000), unit: 'kB' };
  return { amount: (value / 1_000_000).toFixed(1), unit: 'MB' };
}

/** Width of a text in px; CJK takes a whole em. Good to a pixel for the monospaced face, a bound for the other. */
export function textWidth(text: string, sizePx = 12.5): number {
  let ems = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === THIN_SPACE) ems += 0.6;
    else ems += code >= 0x2e80 ? 1 : 0.6;
  }
  return ems * sizePx;
}

/** At most `most` characters, the last one an ellipsis when something was left out. */
export function shorten(text: string, most: number): string {
  const chars = [...text];
  return chars.length <= most ? text : chars.slice(0, most - 1).join('') + '…';
}
