/**
 * The tap: copies every byte of a connection, stamps the time, and is the network in between.
 *
 * In: a net.Socket of the kernel. Out: a Duplex for the HTTP stack, and calls on a `TapObserver`.
 * Knows nothing of HTTP, labs, or who reads the record.
 */
export { attribute } from './attribution.ts';
export type { AttributedWrite } from './attribution.ts';
export { Network } from './network.ts';
export { RecordingBudget } from './recording-budget.ts';
export { TappedSocket } from './tapped-socket.ts';
export type { EndedBy, TapObserver } from './tapped-socket.ts';
