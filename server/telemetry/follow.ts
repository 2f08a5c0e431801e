/**
 * The log of one lab as an iterable: for readers that take it at their own pace.
 */
import type { Channel, KeptEvent } from './channel.ts';

/**
 * Yields all that is kept after event `after` (a `gap` event for what is not), then, when `live`, what comes,
 * until the channel closes or `signal` is raised. What its reader is too slow for is a `gap` too.
 */
export async function* follow(
  channel: Channel,
  after: number,
  { live, signal }: { live: boolean; signal: AbortSignal },
): AsyncGenerator<KeptEvent[], void, undefined> {
  let at = after;
  const last = channel.newest;
  while (!signal.aborted) {
    const events = channel.read(at);
    if (events.length > 0) {
      at = events[events.length - 1]!.seq;
      yield events;
    } else if (live && !channel.closed) await anything(channel, signal);
    else return;
    if (!live && at >= last) return;
  }
}

/** Resolves at the next event, the end of the channel, or when `signal` is raised. */
async function anything(channel: Channel, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const stop = channel.subscribe(channel.newest, done);
    signal.addEventListener('abort', done);
  });
}
