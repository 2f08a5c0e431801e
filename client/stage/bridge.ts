import type { PageAttachment } from '../lab/index.ts';
import type { PageCommand } from './protocol.ts';
import { readPageMessage } from './validate.ts';

export interface BridgeOptions {
  frame: HTMLIFrameElement;
  /** Address of the page; its origin is the only one that is heard and spoken to. */
  url: string;
  attach(send: (command: PageCommand) => void): PageAttachment;
  /** The app's window. */
  host: Pick<Window, 'addEventListener' | 'removeEventListener'>;
}

/** Carries messages between the learner's page and the lab. Returns what ends it. */
export function bridge({ frame, url, attach, host }: BridgeOptions): () => void {
  const { origin } = new URL(url);
  const run = runOf(url);
  const page = attach((command) => frame.contentWindow?.postMessage(command, origin));

  function receive(event: MessageEvent<unknown>): void {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const message = readPageMessage(event.data);
    if (message?.run === run) page.received(message);
  }
  host.addEventListener('message', receive);
  return () => {
    host.removeEventListener('message', receive);
    page.detach();
  };
}

/** The platform serves a run's page under `/.lab/<run>/`. */
function runOf(url: string): number {
  return Number(/\/\.lab\/(\d+)\//.exec(url)?.[1]);
}
