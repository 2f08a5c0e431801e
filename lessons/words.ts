/** Figures of a run as text, written alike in every lesson and language. */
export const milliseconds = (ms: number) => `${grouped(Math.round(ms))} ms`;
export const percent = (share: number) => `${Math.round(share * 100)}%`;
/** Thousands apart by a thin space. */
export const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009');
