/**
 * The handshake workbench: an upgrade request to edit line by line and send by hand.
 *
 * In: edits of the request; the lab. Out: bytes for the lab's port; the answer, judged by RFC 6455.
 * Knows nothing of: where it stands, lessons. A chunk of its own, fetched when it is opened.
 */
export { Workbench } from './Workbench.tsx';
