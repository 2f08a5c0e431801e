import type { Transport } from '../transport.ts';
import { lineReader, parse } from '../xhr-request.ts';

interface XDomainRequest {
  responseText: string;
  timeout: number;
  onload: () => void;
  onerror: () => void;
  onprogress: () => void;
  ontimeout: () => void;
  open(method: 'GET' | 'POST', url: string): void;
  send(body?: string): void;
  abort(): void;
}
type OldWindow = Window & { XDomainRequest: new () => XDomainRequest };

/** Those in flight: one that nothing holds may be collected, and then tells nothing. */
const inFlight: XDomainRequest[] = [];

/** All handlers are set, and before `send`: Internet Explorer 9 gives up a request that lacks one. */
function begin(
  method: 'GET' | 'POST',
  url: string,
  handlers: { progress(text: string): void; load(text: string): void; error(): void },
  body?: string,
): XDomainRequest {
  const request = new (window as unknown as OldWindow).XDomainRequest();
  inFlight.push(request);
  request.onprogress = () => handlers.progress(request.responseText);
  request.onload = () => {
    release(request);
    handlers.load(request.responseText);
  };
  request.onerror = request.ontimeout = () => {
    release(request);
    handlers.error();
  };
  request.open(method, url);
  // Not in the same turn: of requests that are sent together some get lost.
  setTimeout(() => request.send(body), 0);
  return request;
}

function release(request: XDomainRequest): void {
  const at = inFlight.indexOf(request);
  if (at >= 0) inFlight.splice(at, 1);
}

let count = 0;
/** Its cache answers even a POST. */
const unique = (): string => `${Date.now()}-${++count}`;

/** Internet Explorer 8 and 9 across origins: a response that is read while it grows, and no status, no headers. */
export const xdomainrequest: Transport = {
  technique: 'xdomainrequest',
  capabilities: {
    direction: 'down',
    delivery: 'stream',
    crossOrigin: true,
    binary: false,
    resumes: 'code',
    emulates: 'ie-8',
  },
  receive({ url, after, key }, told) {
    let opened = false;
    const read = lineReader(told);
    const progress = (text: string): void => {
      if (!opened) told.open();
      opened = true;
      read(text);
    };
    const request = begin('GET', url('xdomainrequest', { after, key, t: unique() }), {
      progress,
      load(text) {
        progress(text);
        told.end({ reason: 'over' });
      },
      error: () => told.end({ reason: 'lost' }),
    });
    return {
      close() {
        release(request);
        request.abort();
      },
    };
  },
  send({ url }, body, done) {
    begin(
      'POST',
      url('xdomainrequest', { t: unique() }),
      {
        progress: () => undefined,
        load: (text) => done({ reason: 'sent', sent: parse(text) as never }),
        error: () => done({ reason: 'lost' }),
      },
      JSON.stringify(body),
    );
  },
};
