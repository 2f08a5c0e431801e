import type { PageAttachment } from '../lab/index.ts';
import { PAGE_CHANNEL, type PageCommand } from './protocol.ts';
import { readPageMessage } from './validate.ts';

export interface BridgeOptions {
  frame: HTMLIFrameElement;
  /** Address of the page; its origin is the only one that is heard and spoken to. */
  url: string;
  attach(send: (command: PageCommand) => void): PageAttachment;
  /** Real origins of the lab's ports by now. */
  origins(): Record<number, string>;
  /** The app's window. */
  host: Pick<Window, 'addEventListener' | 'removeEventListener'>;
}

export interface Bridge {
  /** Tells the page where the lab's ports are: one was opened. */
  tellOrigins(): void;
  end(): void;
}

/** Carries messages between the learner's page and the lab. */
export function bridge({ frame, url, attach, origins, host }: BridgeOptions): Bridge {
  const { origin } = new URL(url);
  const run = runOf(url);
  const send = (command: PageCommand): void => frame.contentWindow?.postMessage(command, origin);
  const page = attach(send);
  const tellOrigins = (): void => send({ channel: PAGE_CHANNEL, type: 'origins', origins: origins() });

  function receive(event: MessageEvent<unknown>): void {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const message = readPageMessage(event.data);
    if (message?.run !== run) return;
    // A port may have been opened since its document was made.
    if (message.events.some(({ type }) => type === 'ready')) tellOrigins();
    page.received(message);
  }
  host.addEventListener('message', receive);
  return {
    tellOrigins,
    end() {
      host.removeEventListener('message', receive);
      page.detach();
    },
  };
}

/** The platform serves a run's page under `/.lab/<run>/`. */
function runOf(url: string): number {
  return Number(/\/\.lab\/(\d+)\//.exec(url)?.[1]);
}
