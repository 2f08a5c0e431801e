import { PAGE_CHANNEL, type PageCommand } from '../protocol.ts';
import type { Outbox } from './outbox.ts';

/** Answers the app's pings at once, and hides them from the page's own message handlers. */
export function answerPings(outbox: Outbox, app: string): void {
  window.addEventListener(
    'message',
    (event) => {
      if (event.source !== window.parent || event.origin !== app) return;
      const command = event.data as Partial<PageCommand> | null;
      if (command?.channel !== PAGE_CHANNEL || typeof command.id !== 'number') return;
      event.stopImmediatePropagation();
      outbox.emit({ type: 'pong', t: performance.now(), id: command.id });
      outbox.flush();
    },
    true,
  );
}
