/**
 * One room, every transport.
 *
 * In: requests of any technique. Out: the same events to everyone.
 * Knows nothing of lessons, or of how a page shows them.
 */
export { createLabServer, sayGoodbye } from './lab-server.ts';
export { chatPlugin, chatWebSocketPlugin } from './plugin.ts';
export { Rooms } from './rooms.ts';
