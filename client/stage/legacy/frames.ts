import { absolute } from '../runtime/address.ts';
import type { PageWindow } from '../runtime/page-window.ts';
import { replaceAccessor, replaceMethod } from '../runtime/wrap.ts';
import { accessibleWindow, type Emulation } from './emulation.ts';

/**
 * Puts the emulation into frames of the page's origin before their scripts run.
 *
 * A frame whose address was set before it was inserted keeps the window of its first, empty document for the one that
 * comes, when that is of the same origin: what is done to it in time holds.
 */
export function followFrames(page: PageWindow, emulation: Emulation): void {
  const { apply } = emulation;
  const { prototype } = page.HTMLIFrameElement;
  const contentWindow = Object.getOwnPropertyDescriptor(prototype, 'contentWindow')!.get!;
  const { Element, HTMLIFrameElement } = page;
  /** Frames whose window code has in its hands. */
  const seen = new WeakSet<object>();
  const windowOf = (frame: HTMLIFrameElement) => Reflect.apply(contentWindow, frame, []) as Window | null;

  function reach(node: unknown): void {
    if (node instanceof HTMLIFrameElement) apply(windowOf(node));
    else if (node instanceof Element)
      for (const frame of node.querySelectorAll('iframe')) apply(windowOf(frame));
  }

  for (const name of ['contentWindow', 'contentDocument'] as const) {
    replaceAccessor(prototype, name, {
      get: (original) =>
        ({
          get(this: HTMLIFrameElement) {
            seen.add(this);
            reach(this);
            return Reflect.apply(original, this, []);
          },
        }).get,
    });
  }

  // Those that scripts insert: at once, because they may ask them for something at once.
  for (const name of ['appendChild', 'insertBefore', 'replaceChild'] as const) {
    replaceMethod(page.Node.prototype, name, (original) => {
      return {
        insert(this: Node, ...args: unknown[]) {
          const result = Reflect.apply(original, this, args);
          reach(args[0]);
          return result;
        },
      }.insert;
    });
  }
  // Those that the parser makes, or `innerHTML`: before their document can have come.
  const observer = new page.MutationObserver((records) => {
    for (const { addedNodes } of records) addedNodes.forEach(reach);
  });
  observer.observe(page.document, { childList: true, subtree: true });

  /** Frames of another origin of the lab: they begin with a document that has the emulation, whose `load` is not told. */
  const elsewhere = new WeakMap<object, { asked: string; isTold: boolean }>();
  function emulatedElsewhere(frame: HTMLIFrameElement, value: unknown): string | null {
    const asked = absolute(emulation.real(String(value)), page.document.baseURI);
    const address = emulation.framed(asked);
    if (address === null) elsewhere.delete(frame);
    else elsewhere.set(frame, { asked, isTold: false });
    return address;
  }
  const listen = page.EventTarget.prototype.addEventListener;
  const onLoad = (event: Event): void => {
    const frame = elsewhere.get(event.target!);
    if (!frame || frame.isTold) return;
    frame.isTold = true;
    event.stopImmediatePropagation();
  };
  Reflect.apply(listen, page.document, ['load', onLoad, true]);

  // An address that is set later makes a new window, which nobody reaches in time; inserted anew, the frame begins again.
  replaceAccessor(prototype, 'src', {
    get: (original) =>
      ({
        get(this: HTMLIFrameElement) {
          return elsewhere.get(this)?.asked ?? Reflect.apply(original, this, []);
        },
      }).get,
    set: (original) =>
      ({
        set(this: HTMLIFrameElement, value: unknown) {
          const parent =
            this.isConnected && !seen.has(this) && isFresh(windowOf(this)) ? this.parentNode : null;
          const address = emulatedElsewhere(this, value) ?? value;
          if (!parent) return Reflect.apply(original, this, [address]);
          const next = this.nextSibling;
          parent.removeChild(this);
          Reflect.apply(original, this, [address]);
          parent.insertBefore(this, next);
        },
      }).set,
  });
}

function isFresh(frame: Window | null): boolean {
  const target = accessibleWindow(frame);
  return target?.location.href === 'about:blank' && !target.document.body?.hasChildNodes();
}
