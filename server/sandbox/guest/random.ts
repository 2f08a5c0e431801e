/** `Math.random`: the engine's is seeded when the snapshot is made, so every lab would draw the same numbers. */

/** sfc32 (Doty-Humphrey's small fast counter), seeded by the host with four 32-bit words. */
export function seedRandom(seed: [number, number, number, number]): void {
  let [a, b, c, counter] = seed;
  Math.random = function random() {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
}
