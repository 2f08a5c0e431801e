/**
 * Bytes become records.
 *
 * In: the bytes of one TCP connection, both directions, split in any way. Out: HTTP/1.1 messages whose
 * fields cover every byte, each with its role and meaning; what is malformed is noted, never thrown.
 * Knows nothing of: time, runs, React, the DOM, Node. `client.ts` runs it in a Web Worker.
 */
export { createConnectionDissector } from './connection.ts';
