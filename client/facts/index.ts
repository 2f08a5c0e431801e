/**
 * The run on the wire in the words that lessons judge by (`lessons/facts.ts`).
 *
 * In: a `Run`, and the bytes of its messages. Out: `WireFacts`, plain data.
 * Knows nothing of lessons, of React, or of how a run is recorded.
 */
export { factsOf, readAhead } from './facts.ts';
