import type { Transport } from '../transport.ts';
import { poll, postMessage } from '../xhr-request.ts';

/** Asks again and again, in fixed intervals. */
export const polling: Transport = {
  technique: 'polling',
  capabilities: {
    direction: 'down',
    delivery: 'poll',
    crossOrigin: false,
    binary: false,
    resumes: 'code',
    emulates: null,
  },
  receive: ({ url, after, key }, told) => poll(url('polling', { after, key }), told),
  send: postMessage,
};
