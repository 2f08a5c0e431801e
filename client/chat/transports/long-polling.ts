import type { Transport } from '../transport.ts';
import { poll, postMessage } from '../xhr-request.ts';

/** Asks, and is answered when something happens; then asks again at once. */
export const longPolling: Transport = {
  technique: 'long-polling',
  capabilities: {
    direction: 'down',
    delivery: 'held',
    crossOrigin: false,
    binary: false,
    resumes: 'code',
    emulates: null,
  },
  receive: ({ url, after, key }, told) => poll(url('long-polling', { after, key }), told),
  send: postMessage,
};
