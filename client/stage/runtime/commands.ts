import { PAGE_CHANNEL, type PageCommand } from '../protocol.ts';
import type { KnownOrigins } from './origins.ts';
import type { Outbox } from './outbox.ts';

export interface CommandsOptions {
  outbox: Outbox;
  /** Origin of the app, the only window that is obeyed. */
  app: string;
  origins: KnownOrigins;
}

/** Does what the app says, at once, and hides it from the page's own message handlers. */
export function obeyCommands({ outbox, app, origins }: CommandsOptions): void {
  window.addEventListener(
    'message',
    (event) => {
      if (event.source !== window.parent || event.origin !== app) return;
      const command = event.data as PageCommand | null;
      if (command?.channel !== PAGE_CHANNEL) return;
      event.stopImmediatePropagation();
      if (command.type === 'origins') return origins.add(command.origins);
      outbox.emit({ type: 'pong', t: performance.now(), id: command.id });
      outbox.flush();
    },
    true,
  );
}
