import type { SourcePosition } from '#protocol/errors';
import type { FrameEvent, ImageEvent, ScriptEvent } from '../protocol.ts';
import { watchInsertions } from './insertions.ts';
import { CALLABLE, type PageFunctions } from './page-functions.ts';
import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';

type ElementEvent = ScriptEvent | FrameEvent | ImageEvent;
type Api = 'script' | 'iframe' | 'img';

/** One address that an element asks for. */
interface Asked {
  api: Api;
  call: number;
  url: string;
  at: SourcePosition | undefined;
  /** How often it has called each function. */
  calls: Map<string, number>;
  /** Ends the watch for its calls. */
  release(): void;
}

export interface Elements {
  functions: PageFunctions;
  /** Whether the learner's server is asked for an address, not the platform. */
  isLearners(url: string): boolean;
  /** A frame of the same origin has a document: it may be one that is not watched yet. */
  framed(window: PageWindow): void;
}

const APIS: Record<string, Api> = { SCRIPT: 'script', IFRAME: 'iframe', FRAME: 'iframe', IMG: 'img' };
const RUNS = /^(module|(text|application)\/(x-)?(java|ecma)script)?$/i;

/** Tells of scripts, frames and images with an address: that they are asked for, call functions of the page, and load. */
export function watchElements(probe: Probe, page: PageWindow, elements: Elements): void {
  const { outbox, sources, tasks, now, nextCall } = probe;
  const asking = new WeakMap<Element, Asked>();
  /** Events that were heard on their way. */
  const ends = new WeakSet<Event>();
  const listen = page.EventTarget.prototype.addEventListener;

  function tell(asked: Asked, name: ElementEvent['name'], details: { callee?: string; n?: number } = {}) {
    const { api, call, url, at } = asked;
    const event = { type: 'network', t: now(), call, api, name, method: 'GET', url, at, ...details } as const;
    outbox.emit(event as ElementEvent);
  }

  watchInsertions(page, (element, again) => {
    const api = APIS[element.tagName];
    if (!api) return;
    if (api === 'iframe') frameOf(element);
    const { src } = element as HTMLScriptElement | HTMLIFrameElement | HTMLImageElement;
    const before = asking.get(element);
    // A script runs once; anything else asks again for another address, and for the same one when that is set.
    if (before && (api === 'script' || (before.url === src && !again))) return;
    // Images are asked for before they are anywhere.
    if (api !== 'img' && !element.isConnected) return;
    if (!/^https?:/.test(src) || !elements.isLearners(src)) return;
    if (api === 'script' && !RUNS.test((element as HTMLScriptElement).type)) return;
    ask(element, api, src);
  });

  function ask(element: Element, api: Api, url: string): void {
    const isFirst = !asking.has(element);
    asking.get(element)?.release();
    const asked: Asked = {
      api,
      call: nextCall(),
      url,
      at: sources.here(),
      calls: new Map(),
      release: () => {},
    };
    asking.set(element, asked);
    tell(asked, api);
    if (api !== 'img') asked.release = watchCalls(element, asked);
    // An image may never be in the document, through which the events of the others come.
    if (isFirst && api === 'img') listenTo(element, false);
  }

  /** In the document the way down to the element comes before the element's own handlers. */
  listenTo(page.document, true);
  function listenTo(target: EventTarget, capture: boolean): void {
    for (const name of ['load', 'error'] as const) {
      const heard = (event: Event): void => {
        const isOwn = event.isTrusted && event.target instanceof page.Element && !ends.has(event);
        ends.add(event);
        if (isOwn) ended(event.target as Element, name);
      };
      Reflect.apply(listen, target, [name, heard, capture]);
    }
  }

  function ended(element: Element, name: 'load' | 'error'): void {
    const asked = asking.get(element);
    if (!asked) return;
    if (asked.api === 'iframe') frameOf(element);
    tasks.handed(asked.call);
    tell(asked, name);
    // The document of a frame lives on, and may call from its timers: nothing of it crosses the wire then.
    asked.release();
  }

  function watchCalls(element: Element, asked: Asked): () => void {
    const isScript = asked.api === 'script';
    const names = [...new URL(asked.url).searchParams.values()].filter((value) => CALLABLE.test(value));
    return elements.functions.watch({
      pages: isScript ? [page] : ancestors(page),
      names,
      isRunning: () =>
        isScript
          ? page.document.currentScript === element
          : !!documentOf(element as HTMLIFrameElement)?.currentScript,
      called(callee) {
        const n = (asked.calls.get(callee) ?? 0) + 1;
        asked.calls.set(callee, n);
        tasks.handed(asked.call);
        tell(asked, 'call', { callee, n });
      },
    });
  }

  function frameOf(element: Element): void {
    const frame = element as HTMLIFrameElement;
    const window = documentOf(frame)?.defaultView;
    if (window) elements.framed(window as PageWindow);
  }
}

/** The browser's own: an emulation takes reading the property for a question of the page's code. */
const contentDocument = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentDocument')!.get!;

/** Null for a frame of another origin. */
function documentOf(frame: HTMLIFrameElement): Document | null {
  try {
    return Reflect.apply(contentDocument, frame, []) as Document | null;
  } catch {
    return null; // An origin that `document.domain` has changed.
  }
}

/** The window and those around it, as far as they are of the same origin. */
function ancestors(page: PageWindow): PageWindow[] {
  const windows = [page];
  try {
    for (let inner = page; inner.parent !== inner && inner.parent.document;) {
      inner = inner.parent as PageWindow;
      windows.push(inner);
    }
  } catch {
    // The app's window, which is of another origin.
  }
  return windows;
}
