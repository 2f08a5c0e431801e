import decor from './decor.module.css';
import type { Chip } from './marks.ts';

/** Look of the `index`-th box behind a line. */
export function chipClass({ from, solid }: Chip, index: number): string {
  const names = [decor['chip'], decor[from], solid && decor['solid'], index === 0 && decor['first']];
  return names.filter(Boolean).join(' ');
}
