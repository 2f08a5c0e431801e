/** The codes of DEFLATE (RFC 1951 §3.2). */

/** Looked up with the next `bits` bits of input: the symbol, and in the lowest four bits its code's length. */
export interface Table {
  entries: Uint16Array;
  bits: number;
}

/** §3.2.7: in which order the lengths of the code of codes are given. */
export const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** §3.2.5: what is to be added to a base, by symbol. */
interface Ranges {
  base: number[];
  extra: number[];
}

export const LENGTHS: Ranges = withBases(
  3,
  [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
);
// The last one is not what follows from those before it: 258 has a code without extra bits.
LENGTHS.base.push(258);
LENGTHS.extra.push(0);

export const DISTANCES: Ranges = withBases(
  1,
  [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);

/** §3.2.6: the codes that need no description. */
export const FIXED = {
  literals: tableOf(
    Uint8Array.from({ length: 288 }, (_, s) => (s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8)),
  )!,
  distances: tableOf(new Uint8Array(30).fill(5))!,
};

/** The table of a code given by its lengths (§3.2.2); null when no code can have them. */
export function tableOf(lengths: Uint8Array): Table | null {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  let bits = 15;
  while (bits > 1 && counts[bits] === 0) bits--;

  const next = new Uint16Array(16);
  let code = 0;
  for (let length = 1; length <= bits; length++) {
    code = (code + counts[length - 1]!) << 1;
    next[length] = code;
    if (code + counts[length]! > 1 << length) return null;
  }

  const entries = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    const step = 1 << length;
    for (let at = reversed(next[length]!++, length); at < entries.length; at += step) {
      entries[at] = (symbol << 4) | length;
    }
  }
  return { entries, bits };
}

/** Codes are packed from their highest bit on, everything else from its lowest (§3.1.1). */
function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

function withBases(first: number, extra: number[]): Ranges {
  let next = first;
  const base = extra.map((bits) => {
    const value = next;
    next += 1 << bits;
    return value;
  });
  return { base, extra };
}
