/** Says in words where two readings of a run differ. */
import type { Reading } from './reading.ts';

/** Longest value shown. */
const SHOWN = 300;

export function differences(where: string, ours: Reading[], theirs: Reading[]): string[] {
  const found: string[] = [];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const [own, their] = [ours[index], theirs[index]];
    const place = `${where} ${index + 1}`;
    if (!own || !their || own.kind !== their.kind) {
      found.push(`${place}: ours ${shown(own)}, tshark ${shown(their)}`);
      continue;
    }
    for (const field of Object.keys(own)) {
      const [left, right] = [own, their].map((reading) => JSON.stringify(reading[field as keyof Reading]));
      if (left !== right) found.push(`${place}: ${field}: ours ${cut(left)}, tshark ${cut(right)}`);
    }
  }
  return found;
}

function shown(reading: Reading | undefined): string {
  return reading ? cut(JSON.stringify(reading)) : 'nothing';
}

function cut(text: string | undefined): string {
  return text === undefined || text.length <= SHOWN
    ? String(text)
    : `${text.slice(0, SHOWN)}… (${text.length})`;
}
