import { addCallback } from '../callbacks.ts';
import type { Transport } from '../transport.ts';
import { postMessage } from '../xhr-request.ts';

/** What Internet Explorer's document outside of every tab has beside a document of today. */
type Htmlfile = Document & { parentWindow: Window };
type OldWindow = Window & {
  ActiveXObject: new (name: 'htmlfile') => Htmlfile;
  CollectGarbage?: () => void;
};

/**
 * Those in use. A document that only a local variable holds is collected after a few messages, and its connection with
 * it.
 */
const documents: Htmlfile[] = [];

/** The forever frame in a document that is in no tab: no busy sign, no click. */
export const htmlfile: Transport = {
  technique: 'htmlfile',
  capabilities: {
    direction: 'down',
    delivery: 'stream',
    crossOrigin: false,
    binary: false,
    resumes: 'code',
    emulates: 'ie-8',
  },
  receive({ url, after, key }, told) {
    const page = window as unknown as OldWindow;
    const inner = new page.ActiveXObject('htmlfile');
    documents.push(inner);
    inner.open();
    inner.write('<html></html>');
    inner.close();
    let called = false;
    const callback = addCallback(inner.parentWindow, (event) => {
      if (!called) told.open();
      called = true;
      if (event === undefined) told.alive();
      else told.event(event as never);
    });
    const frame = inner.createElement('iframe');
    inner.body.appendChild(frame);
    frame.src = url('htmlfile', { after, key, callback: callback.name });
    // Only now: the empty document that a frame begins with has its load, too.
    frame.onload = () => told.end({ reason: called ? 'over' : 'lost' });
    return {
      close() {
        frame.onload = null;
        callback.remove();
        frame.src = 'about:blank';
        inner.body.removeChild(frame);
        documents.splice(documents.indexOf(inner), 1);
        // The connection ends only when the document is collected; Internet Explorer 6 has two for each host.
        page.CollectGarbage?.();
      },
    };
  },
  send: postMessage,
};
