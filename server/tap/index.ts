/**
 * The tap: copies every byte of a connection, stamps the time, and is the network in between.
 *
 * In: a net.Socket of the kernel. Out: a Duplex for the HTTP stack, calls on a `TapObserver`; and, of what
 * telemetry kept of these, a pcapng file.
 * Knows nothing of labs or who reads the record; of HTTP only where messages end, as the proxy in it must.
 */
export { attribute } from './attribution.ts';
export type { AttributedWrite } from './attribution.ts';
export { Network } from './network.ts';
export { Capture } from './pcapng/capture.ts';
export { RecordingBudget } from './recording-budget.ts';
export { TappedSocket } from './tapped-socket.ts';
export type { EndedBy, TapObserver } from './tapped-socket.ts';
