import type { PollView, SentView } from '#protocol/chat';
import { addCallback } from '../callbacks.ts';
import { DEAD_AFTER_MS, SEND_TIMEOUT_MS } from '../limits.ts';
import { endingOfError } from '../error-ending.ts';
import type { Carrier, Transport } from '../transport.ts';

type Answer<T> = T | { error: { code: string; message: string } };

let count = 0;

/**
 * Asks by a script element: it is let across origins, and its answer is a call.
 *
 * @param answered is called once, with undefined when no call came: a script says neither status nor reason.
 */
function ask<T>(
  url: (callback: string, t: string) => string,
  timeoutMs: number,
  answered: (answer: Answer<T> | undefined) => void,
): Carrier {
  const script = document.createElement('script');
  let over = false;
  const end = (answer: Answer<T> | undefined): void => {
    if (over) return;
    over = true;
    close();
    answered(answer);
  };
  const callback = addCallback(window, (answer) => end(answer as Answer<T>));
  const timer = setTimeout(() => end(undefined), timeoutMs);
  function close(): void {
    over = true;
    clearTimeout(timer);
    callback.remove();
    // Taking it out does not end the request: nothing can.
    script.remove();
  }
  script.onerror = () => end(undefined);
  script.onload = () => end(undefined);
  script.src = url(callback.name, `${Date.now()}-${++count}`);
  document.body.appendChild(script);
  return { close };
}

/** Long polling by script elements; what is said is a GET too. */
export const jsonp: Transport = {
  technique: 'jsonp',
  capabilities: {
    direction: 'down',
    delivery: 'held',
    crossOrigin: true,
    binary: false,
    resumes: 'code',
    emulates: null,
  },
  receive({ url, after, key }, told) {
    return ask<PollView>(
      (callback, t) => url('jsonp', { after, key, callback, t }),
      DEAD_AFTER_MS,
      (answer) => {
        if (answer === undefined) return told.end({ reason: 'lost' });
        if ('error' in answer) return told.end(endingOfError(answer.error));
        told.open();
        for (const event of answer.events) told.event(event);
        told.end({ reason: 'over' });
      },
    );
  },
  send({ url }, body, done) {
    ask<SentView>(
      (callback, t) => url('jsonp/send', { ...body, callback, t }),
      SEND_TIMEOUT_MS,
      (answer) => {
        if (answer === undefined) done({ reason: 'lost' });
        else if ('error' in answer) done(endingOfError(answer.error));
        else done({ reason: 'sent', sent: answer });
      },
    );
  },
};
