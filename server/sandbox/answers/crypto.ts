/** Digests, HMACs and random bytes for a guest: pure functions of what it hands over. No keys are kept. */
import { createHash, createHmac, getHashes, randomBytes as draw } from 'node:crypto';

/** `length` < 0: the algorithm's own. */
export function digest(algorithm: string, data: Uint8Array, length: number): Uint8Array {
  return createHash(algorithm, length < 0 ? {} : { outputLength: Math.min(length, LONGEST_DIGEST) })
    .update(data)
    .digest();
}

/** SHAKE digests may be any length. */
const LONGEST_DIGEST = 65_536;

export function hmac(algorithm: string, key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac(algorithm, key).update(data).digest();
}

const MOST_RANDOM_BYTES = 65_536;

export function randomBytes(size: number): Uint8Array {
  if (!(size >= 0 && size <= MOST_RANDOM_BYTES)) throw new RangeError('Too many random bytes.');
  return draw(size);
}

export function hashNames(): string {
  return JSON.stringify(getHashes());
}
