/**
 * The room in the browser: one transport for each technique, in the page itself or in a frame on an origin of its own.
 *
 * In: the room, a technique, where to go on. Out: the room's events, each once and in order, with the time at which
 * each was handled.
 * Knows nothing of lessons, or of how the wire is drawn.
 */
export { connectInFrame } from './frame-connection.ts';
export type { FrameConnection } from './frame-connection.ts';
export { lanesOf, portsFor, type Lane } from './lanes.ts';
export { createRoomApi, RoomError, type RoomApi } from './room-api.ts';
export { nameOf } from './technique-name.ts';
export { TRANSPORTS } from './techniques.ts';
export type { Capabilities } from './transport.ts';

/** The page at `/chat`, on demand: it brings the wire with it. */
export const loadChatPage = () => import('./page/ChatPage.tsx');
