import type { SourcePosition } from '#protocol/errors';
import type { Sources } from './positions.ts';
import type { PageWindow } from './page-window.ts';
import { replaceAccessor } from './wrap.ts';

/** Told of a message; `at` becomes the line that reads its data. */
interface Told {
  at?: SourcePosition;
}

export interface MessageData {
  /** `event.data`, without being the one who reads it. */
  of(event: MessageEvent): unknown;
  /** `told` is about this message: who reads its data first has handled it. `site` is where it comes from. */
  expect(event: MessageEvent, told: Told, site: object): void;
}

/** Watches who reads `MessageEvent.data`. */
export function watchMessageData(sources: Sources, page: PageWindow): MessageData {
  const unread = new WeakMap<MessageEvent, { told: Told; site: object }>();
  const { prototype } = page.MessageEvent;
  const data = Object.getOwnPropertyDescriptor(prototype, 'data')!.get!;
  replaceAccessor(prototype, 'data', {
    get: (original) =>
      ({
        get(this: MessageEvent) {
          const value: unknown = Reflect.apply(original, this, []);
          const reading = unread.get(this);
          if (reading) {
            unread.delete(this);
            // The event is completed before its task ends, and with it the message that tells of it.
            reading.told.at = sources.here(reading.site) ?? reading.told.at;
          }
          return value;
        },
      }).get,
  });
  return {
    of: (event) => Reflect.apply(data, event, []) as unknown,
    expect: (event, told, site) => void unread.set(event, { told, site }),
  };
}
