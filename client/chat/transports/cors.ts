import type { Transport } from '../transport.ts';
import { poll, post } from '../xhr-request.ts';

/** Long polling from a page of another origin. The poll is a simple request; the JSON upwards takes a preflight. */
export const cors: Transport = {
  technique: 'cors',
  capabilities: {
    direction: 'down',
    delivery: 'held',
    crossOrigin: true,
    binary: true,
    resumes: 'code',
    emulates: null,
  },
  receive: ({ url, after, key }, told) => poll(url('cors', { after, key }), told),
  send: ({ url }, body, done) => post(url('cors'), body, done),
};
