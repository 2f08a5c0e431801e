/**
 * One message, its bytes beside their meaning.
 *
 * In: the run, what is followed and the recorded bytes, from `client/lab`. Out: `<Inspector />`, which
 * fills its container and scrolls within.
 * Knows nothing of: how bytes become records, how the wire is drawn.
 */
export { Inspector } from './Inspector.tsx';
