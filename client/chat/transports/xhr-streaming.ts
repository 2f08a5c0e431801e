import type { Transport } from '../transport.ts';
import { close, endingOf, lineReader, postMessage } from '../xhr-request.ts';

/** Reads a response while it grows: lines are the messages' bounds, not what the browser's events happen to carry. */
export const xhrStreaming: Transport = {
  technique: 'xhr-streaming',
  capabilities: {
    direction: 'down',
    delivery: 'stream',
    crossOrigin: false,
    binary: false,
    resumes: 'code',
    emulates: null,
  },
  receive({ url, after, key }, told) {
    const request = new XMLHttpRequest();
    const read = lineReader(told);
    request.onreadystatechange = () => {
      if (request.readyState === 2 && request.status === 200) told.open();
      if (request.readyState >= 3 && request.status === 200) read(request.responseText);
      if (request.readyState === 4) told.end(endingOf(request));
    };
    request.open('GET', url('xhr-streaming', { after, key }), true);
    request.send();
    return { close: () => close(request) };
  },
  send: postMessage,
};
