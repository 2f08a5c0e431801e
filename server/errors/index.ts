/**
 * Errors the server answers with.
 *
 * In: a code of the table in `protocol.ts`. Out: an exception, and its answer (`ErrorView`).
 * Knows nothing of who raises them.
 */
export { answerError, answerNotFound } from './answers.ts';
export { CodedError } from './coded-error.ts';
