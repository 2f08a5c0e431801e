import type { PageWindow } from '../runtime/page-window.ts';
import { absolute } from '../runtime/address.ts';
import { replaceAccessor, replaceMethod } from '../runtime/wrap.ts';
import { accessibleWindow, type Emulation } from './emulation.ts';
import { bugsIn } from './bugs.ts';
import { streamDocument, type DocumentStream } from './document-stream.ts';
import { isHeldBy } from './held.ts';

/** Stands for `src` in HTML that is written to the document, so that the browser does not follow it. */
const KEPT_SRC = 'data-htmlfile-src';

/** Parts of a stream after which the bug `htmlfile-collected` strikes. */
const PARTS_BEFORE_COLLECTION = 4;

/**
 * Makes what `new ActiveXObject('htmlfile')` does: a document of its own, in no tab, with `parentWindow`. Its frames
 * are loaded by fetch and written as they come, and so show no busy sign.
 */
export function createHtmlfile(page: PageWindow, emulation: Emulation): () => Document {
  const { document } = page;

  return () => {
    const host = document.createElement('iframe');
    host.style.display = 'none';
    // There may be no body yet.
    document.documentElement.appendChild(host);
    const inner = host.contentWindow as PageWindow;
    emulation.apply(inner);
    Object.defineProperty(inner.document, 'parentWindow', {
      get: () => host.contentWindow,
      configurable: true,
    });
    takeOverFrames(inner, page, emulation);
    return inner.document;
  };
}

function takeOverFrames(inner: PageWindow, page: PageWindow, emulation: Emulation): void {
  const { document, HTMLIFrameElement, Element } = inner;
  const { MutationObserver } = emulation.natives;
  const streams = new Map<HTMLIFrameElement, DocumentStream>();
  let parts = 0;
  /** Addresses of frames that are not in the document yet. */
  const waiting = new Map<HTMLIFrameElement, string>();

  /** A variable that names one of its nodes keeps the whole document. */
  const isPartOfIt = (value: object) => value === inner || value instanceof inner.Node;

  /**
   * JScript collected after so many values, not after a time, and took with it a document that only a local
   * variable had named. Here it is after some parts, when no global variable holds it.
   */
  function isCollected(): boolean {
    if (!bugsIn(page.document, emulation.browser).has('htmlfile-collected')) return false;
    parts++;
    if (parts < PARTS_BEFORE_COLLECTION || isHeldBy(page, isPartOfIt)) return false;
    const { outbox, now } = emulation.probe;
    outbox.emit({ type: 'mark', t: now(), name: 'htmlfile collected' });
    return true;
  }

  /** @param follow What the browser itself would do. */
  function go(frame: HTMLIFrameElement, url: string, follow: () => void): void {
    streams.get(frame)?.stop();
    streams.delete(frame);
    const href = absolute(emulation.real(url), page.document.baseURI);
    if (!href.startsWith(`${page.location.origin}/`)) return follow();
    if (!frame.isConnected) return void waiting.set(frame, url);
    waiting.delete(frame);
    const target = accessibleWindow(frame.contentWindow);
    if (!target) return follow();
    emulation.apply(target);
    streams.set(frame, streamDocument({ target, frame, url: href, emulation, isCollected }));
  }

  replaceAccessor(HTMLIFrameElement.prototype, 'src', {
    get: (original) =>
      ({
        get(this: HTMLIFrameElement) {
          const kept = streams.get(this)?.url ?? waiting.get(this);
          return kept ?? Reflect.apply(original, this, []);
        },
      }).get,
    set: (original) =>
      ({
        set(this: HTMLIFrameElement, value: unknown) {
          go(this, String(value), () => void Reflect.apply(original, this, [value]));
        },
      }).set,
  });
  replaceMethod(Element.prototype, 'setAttribute', (original) => {
    return {
      setAttribute(this: Element, ...args: unknown[]) {
        const follow = (): void => void Reflect.apply(original, this, args);
        if (!(this instanceof HTMLIFrameElement) || String(args[0]).toLowerCase() !== 'src') return follow();
        go(this, String(args[1]), follow);
      },
    }.setAttribute;
  });

  const withoutSrc = (html: unknown): string =>
    String(html).replace(/(<iframe\b[^>]*?\s)src(\s*=)/gi, `$1${KEPT_SRC}$2`);
  function followKept(): void {
    for (const frame of document.querySelectorAll<HTMLIFrameElement>(`iframe[${KEPT_SRC}]`)) {
      const url = frame.getAttribute(KEPT_SRC)!;
      frame.removeAttribute(KEPT_SRC);
      frame.src = url;
    }
  }
  replaceAccessor(Element.prototype, 'innerHTML', {
    set: (original) =>
      ({
        set(this: Element, html: unknown) {
          Reflect.apply(original, this, [withoutSrc(html)]);
          followKept();
        },
      }).set,
  });
  for (const name of ['write', 'writeln'] as const) {
    replaceMethod(inner.Document.prototype, name, (original) => {
      return {
        write(this: Document, ...html: unknown[]) {
          Reflect.apply(original, this, html.map(withoutSrc));
          followKept();
        },
      }.write;
    });
  }

  // A frame that is inserted with an address begins then; one that is taken out ends.
  new MutationObserver(() => {
    for (const [frame, url] of [...waiting]) if (frame.isConnected) frame.src = url;
    for (const [frame, stream] of [...streams]) {
      if (frame.isConnected && frame.ownerDocument.defaultView) continue;
      stream.stop();
      streams.delete(frame);
    }
  }).observe(document, { childList: true, subtree: true });
}
