import type { Transport } from '../transport.ts';
import { parse, postMessage } from '../xhr-request.ts';

/** Server-sent events: the browser comes back by itself, and says with `Last-Event-ID` where it was. */
export const sse: Transport = {
  technique: 'sse',
  capabilities: {
    direction: 'down',
    delivery: 'stream',
    crossOrigin: false,
    binary: false,
    resumes: 'browser',
    emulates: null,
  },
  receive({ url, after, key }, told) {
    const source = new EventSource(url('sse', { after, key }));
    source.onopen = () => told.open();
    source.onmessage = ({ data }) => {
      const event = parse(String(data));
      if (event !== undefined) told.event(event as never);
    };
    source.addEventListener('heartbeat', () => told.alive());
    // It gives up for good when the answer is no event stream: an error of the server or of a proxy.
    source.onerror = () =>
      source.readyState === EventSource.CLOSED ? told.end({ reason: 'lost' }) : told.waiting();
    return { close: () => source.close() };
  },
  send: postMessage,
};
