/** Figures and names of a race as text, alike on the screen, in tables and in pictures. */
import type { Technique } from '#protocol/chat';
import { nameOf } from '../../chat/index.ts';
import type { Language } from '../../i18n/index.ts';

export { nameOf };

export function namesOf(techniques: readonly Technique[], language: Language): string {
  return techniques.map((technique) => nameOf(technique, language)).join(language === 'en' ? ', ' : '、');
}

/** Thousands apart by a thin space. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** Amount and unit of a time: ms below a second, then s with two figures. */
export function duration(ms: number): { amount: string; unit: 'ms' | 's' } {
  if (Math.abs(ms) < 10) return { amount: ms.toFixed(1), unit: 'ms' };
  if (Math.abs(ms) < 999.5) return { amount: String(Math.round(ms)), unit: 'ms' };
  return { amount: (ms / 1000).toFixed(2), unit: 's' };
}

export function durationText(ms: number): string {
  const { amount, unit } = duration(ms);
  return `${amount} ${unit}`;
}

/** Bytes with their unit; in kB from 100 000 on. */
export function bytesText(bytes: number): string {
  return bytes < 100_000 ? `${grouped(bytes)} B` : `${grouped(bytes / 1000)} kB`;
}

export function overheadOf({ bytes, data }: { bytes: number; data: number }): string {
  return bytes === 0 ? '–' : String(Math.round((1 - data / bytes) * 100));
}

/** A setting's time: `2 s`, `500 ms`. */
export function interval(ms: number): string {
  return ms % 1000 === 0 && ms > 0 ? `${ms / 1000} s` : `${ms} ms`;
}
