/**
 * Bytes become records.
 *
 * In: the bytes of one TCP connection, both directions, split in any way. Out: records (HTTP/1.1
 * messages, chunks, bodies, WebSocket frames) that cover every byte, contents laid over them (events,
 * calls, WebSocket messages), and on demand the fields of one record, each with its role and meaning;
 * what is malformed is noted, never thrown.
 * Knows nothing of: time, runs, React, the DOM, Node. `client.ts` runs it in a Web Worker.
 */
export { createConnectionDissector } from './connection.ts';
export { clauseOf } from './clauses.ts';
export { fieldsFrom, fieldsOf, type FieldContext } from './fields.ts';
export {
  answerChecks,
  handshakeIn,
  requestChecks,
  type Addressee,
  type AnswerRule,
  type HandshakeCheck,
  type RequestRule,
} from './websocket/checks.ts';
export { acceptSteps, type AcceptSteps } from './websocket/handshake.ts';
export { unmask } from './websocket/masking.ts';
