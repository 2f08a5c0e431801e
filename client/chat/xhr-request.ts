/** XMLHttpRequest as the older techniques use it: by `readyState`, without what came later. */
import type { PollView, SendBody } from '#protocol/chat';
import { endingOfError } from './error-ending.ts';
import type { Carrier, Ending, SendEnding, Target, Told } from './transport.ts';

/** One answer with what has happened. */
export function poll(url: string, told: Told): Carrier {
  const request = new XMLHttpRequest();
  request.onreadystatechange = () => {
    if (request.readyState !== 4) return;
    const ending = endingOf(request);
    if (ending.reason !== 'over') return told.end(ending);
    const answer = parse(request.responseText) as PollView | undefined;
    if (answer === undefined) return told.end({ reason: 'lost' });
    told.open();
    for (const event of answer.events) told.event(event);
    told.end(ending);
  };
  request.open('GET', url, true);
  request.send();
  return { close: () => close(request) };
}

/** One JSON text upwards. */
export function post(url: string, body: SendBody, done: (ending: SendEnding) => void): void {
  const request = new XMLHttpRequest();
  request.onreadystatechange = () => {
    if (request.readyState !== 4) return;
    const ending = endingOf(request);
    if (ending.reason !== 'over') return done(ending);
    done({ reason: 'sent', sent: parse(request.responseText) as never });
  };
  request.open('POST', url, true);
  request.setRequestHeader('Content-Type', 'application/json');
  request.send(JSON.stringify(body));
}

/** How the techniques of the room's own origin say something. */
export function postMessage(target: Target, body: SendBody, done: (ending: SendEnding) => void): void {
  post(target.url('messages'), body, done);
}

/** Lines as they come; the last, incomplete one waits for its end. @returns to be called with the text so far. */
export function lineReader(told: Told): (text: string) => void {
  let read = 0;
  return (text) => {
    let end: number;
    while ((end = text.indexOf('\n', read)) >= 0) {
      const line = text.slice(read, end).trim();
      read = end + 1;
      const event = line === '' ? undefined : parse(line);
      if (event === undefined) told.alive();
      else told.event(event as never);
    }
  };
}

/** What its status says of a request that is over. */
export function endingOf(request: XMLHttpRequest): Ending {
  // 0: no answer, or none that this page may read.
  if (request.status >= 200 && request.status < 300) return { reason: 'over' };
  const error = parse(request.responseText) as { code?: string; message?: string } | undefined;
  return error?.code === undefined ? { reason: 'lost' } : endingOfError({ ...error, code: error.code });
}

export function close(request: XMLHttpRequest): void {
  // A function, not null: Internet Explorer wants one.
  request.onreadystatechange = nothing;
  request.abort();
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Of a proxy, or cut off.
  }
}

function nothing(): void {
  // Not heard any more.
}
