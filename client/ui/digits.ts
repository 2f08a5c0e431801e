/**
 * A time that goes on is written so often, ms. Digits that change with every frame are a flicker, and each change lays
 * the page out once more.
 */
export const DIGITS_EVERY_MS = 50;
