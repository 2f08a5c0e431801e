/** A window with everything that the runtime watches: the learner's page, or a frame in it. */
export type PageWindow = Window & typeof globalThis;
