/** Learners read their own keyboard: Apple's has a Command key, the others do not. */
export const APPLE = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');
