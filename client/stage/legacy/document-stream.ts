import type { FrameEvent } from '../protocol.ts';
import type { PageWindow } from '../runtime/page-window.ts';
import type { Emulation } from './emulation.ts';

export interface DocumentStream {
  url: string;
  /** Ends the request: its frame was taken out, or goes elsewhere. */
  stop(): void;
}

export interface DocumentStreamOptions {
  /** The frame's window: its document is written. */
  target: PageWindow;
  frame: HTMLIFrameElement;
  url: string;
  emulation: Emulation;
  /** Asked after each part: whether the document around the frame has been garbage-collected by now. */
  isCollected?(): boolean;
}

/** Bytes that Internet Explorer held of a document before it ran its first script. */
const HELD_BYTES = 256;

/** Writes a document into a frame as its bytes come: each script runs when its end tag is there. */
export function streamDocument({
  target,
  frame,
  url,
  emulation,
  isCollected = () => false,
}: DocumentStreamOptions): DocumentStream {
  const { fetch, probe, natives, connections } = emulation;
  const { AbortController, TextDecoder } = natives;
  const { outbox, sources, tasks, now, nextCall } = probe;
  const controller = new AbortController();
  let giveBack = (): void => {};
  const call = { call: nextCall(), method: 'GET', url };
  const tell = (name: FrameEvent['name'], at?: FrameEvent['at']): void =>
    void outbox.emit({ type: 'network', t: now(), api: 'htmlfile', name, ...call, at });
  tell('htmlfile', sources.here());

  async function run(): Promise<void> {
    const { document } = target;
    let isOpen = false;
    const write = (text: string): void => {
      if (!isOpen) document.open();
      isOpen = true;
      tasks.handed(call.call);
      document.write(text);
    };
    try {
      const response = await fetch(url, {
        credentials: 'include',
        cache: 'no-store',
        signal: controller.signal,
      });
      const decoder = new TextDecoder();
      const reader = response.body?.getReader();
      let bytes = 0;
      let held = '';
      for (;;) {
        const part = await reader?.read();
        if (controller.signal.aborted) return;
        if (!part || part.done) break;
        bytes += part.value.length;
        held += decoder.decode(part.value, { stream: true });
        if (bytes < HELD_BYTES) continue;
        write(held);
        held = '';
        if (isCollected()) controller.abort();
        if (controller.signal.aborted) return;
      }
      write(held + decoder.decode());
    } catch {
      // Nobody answered, or the connection was lost: what came is the document.
      if (controller.signal.aborted) return;
      tell('error');
      // The browser's own page of an error comes instead of nothing, and has its load, too.
      if (!isOpen) document.open();
      isOpen = true;
    } finally {
      giveBack();
    }
    if (!frame.isConnected) return;
    tell('load');
    // Fires `load` in the frame and at its element.
    if (isOpen) document.close();
  }

  // By a callback: the emulated browser has no Promise to wait with.
  if (connections) giveBack = connections.take(url, () => void run());
  else void run();
  return {
    url,
    stop() {
      controller.abort();
      giveBack();
    },
  };
}
