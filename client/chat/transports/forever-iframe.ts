import { addCallback } from '../callbacks.ts';
import type { Transport } from '../transport.ts';
import { postMessage } from '../xhr-request.ts';

/** A frame whose document never ends; its scripts call a function of this page. */
export const foreverIframe: Transport = {
  technique: 'forever-iframe',
  capabilities: {
    direction: 'down',
    delivery: 'stream',
    crossOrigin: false,
    binary: false,
    resumes: 'code',
    emulates: null,
  },
  receive({ url, after, key }, told) {
    let called = false;
    const callback = addCallback(window, (event) => {
      if (!called) told.open();
      called = true;
      if (event === undefined) told.alive();
      else told.event(event as never);
    });
    const frame = document.createElement('iframe');
    frame.style.display = 'none';
    // A frame says neither status nor why it ended: an error page calls nothing.
    frame.onload = () => told.end({ reason: called ? 'over' : 'lost' });
    frame.src = url('forever-iframe', { after, key, callback: callback.name });
    document.body.appendChild(frame);
    return {
      close() {
        frame.onload = null;
        callback.remove();
        frame.remove();
      },
    };
  },
  send: postMessage,
};
