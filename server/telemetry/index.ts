/**
 * Telemetry: what happened in a lab, told to browsers while it happens.
 *
 * In: events, in order. Out: numbered batches over WebSocket or server-sent events.
 * Knows nothing of labs, sockets or sandboxes.
 */
export { Channel } from './channel.ts';
export type { KeptEvent, NewEvent } from './channel.ts';
export { follow } from './follow.ts';
export { KeptBudget } from './kept-budget.ts';
export { overEventStream, overWebSocket } from './stream.ts';
export type { TelemetrySource } from './stream.ts';
