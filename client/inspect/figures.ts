/** Lab time in s, to the hundredth. */
export function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(2);
}

/** A count with thin spaces between thousands. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}
