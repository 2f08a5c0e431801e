import { realInHtml } from '#labs/addresses';
import type { PageWindow } from './page-window.ts';
import { replaceAccessor, replaceConstructor, replaceMethod } from './wrap.ts';

type Methods = Record<string, unknown>;

/** Properties that hold an address which the browser asks for by itself. Reading one gives the real address. */
const PROPERTIES: Partial<Record<string, readonly string[]>> = {
  HTMLScriptElement: ['src'],
  HTMLIFrameElement: ['src'],
  HTMLFrameElement: ['src'],
  HTMLImageElement: ['src'],
  HTMLLinkElement: ['href'],
  HTMLFormElement: ['action'],
  HTMLMediaElement: ['src'],
  HTMLSourceElement: ['src'],
  HTMLTrackElement: ['src'],
  HTMLEmbedElement: ['src'],
  HTMLObjectElement: ['data'],
  HTMLInputElement: ['src', 'formAction'],
  HTMLButtonElement: ['formAction'],
};
const ATTRIBUTES: ReadonlySet<string> = new Set(['src', 'href', 'action', 'formaction', 'data', 'poster']);
/** An anchor keeps what was written: old code takes addresses apart with one. It is redirected when it is followed. */
const ANCHORS: ReadonlySet<string> = new Set(['A', 'AREA']);

/**
 * Lets every way of naming an address reach the lab: `real` says where. Also what the browser itself hands on, as
 * far as it can be stopped: `location` (by the Navigation API) and links.
 */
export function redirectAddresses(page: PageWindow, real: (url: string) => string): void {
  const mapped = (value: unknown): unknown =>
    typeof value === 'string' || value instanceof page.URL ? real(String(value)) : value;
  const html = (value: unknown): unknown => (typeof value === 'string' ? realInHtml(value, real) : value);

  const globals = page as object as Methods;
  for (const name of ['Request', 'WebSocket', 'EventSource', 'Worker', 'SharedWorker']) {
    replaceConstructor(globals, name, (make, [url, ...rest]) => make([mapped(url), ...rest]));
  }
  redirectArgument(page, 'fetch', 0, mapped);
  redirectArgument(page, 'open', 0, mapped);
  redirectArgument(page.XMLHttpRequest.prototype, 'open', 1, mapped);
  redirectArgument(page.Navigator.prototype, 'sendBeacon', 0, mapped);
  // A message to `http://localhost:8088` is for the lab: the browser would drop it.
  redirectArgument(page, 'postMessage', 1, mapped);

  for (const [name, properties = []] of Object.entries(PROPERTIES)) {
    const { prototype } = (globals[name] ?? {}) as { prototype?: object };
    for (const property of properties) if (prototype) redirectProperty(prototype, property, mapped);
  }
  replaceMethod(page.Element.prototype, 'setAttribute', (original) => {
    return {
      setAttribute(this: Element, ...args: unknown[]) {
        const [name, value] = args;
        const isAddress = ATTRIBUTES.has(String(name).toLowerCase()) && !ANCHORS.has(this.tagName);
        const given = isAddress
          ? [name, mapped(value)]
          : String(name) === 'srcdoc'
            ? [name, html(value)]
            : args;
        return Reflect.apply(original, this, given);
      },
    }.setAttribute;
  });

  redirectProperty(page.Element.prototype, 'innerHTML', html);
  redirectProperty(page.Element.prototype, 'outerHTML', html);
  redirectProperty(page.ShadowRoot.prototype, 'innerHTML', html);
  redirectProperty(page.HTMLIFrameElement.prototype, 'srcdoc', html);
  redirectArgument(page.Element.prototype, 'insertAdjacentHTML', 1, html);
  redirectArgument(page.Range.prototype, 'createContextualFragment', 0, html);
  for (const name of ['write', 'writeln'] as const) redirectArgument(page.Document.prototype, name, 0, html);

  redirectNavigation(page, real);
}

/** Arguments that are not given stay away: some functions count them. */
function redirectArgument(
  owner: object,
  name: string,
  index: number,
  change: (value: unknown) => unknown,
): void {
  replaceMethod(owner as Methods, name, (original) => {
    return {
      redirected(this: unknown, ...args: unknown[]) {
        if (index < args.length) args[index] = change(args[index]);
        return Reflect.apply(original, this, args);
      },
    }.redirected;
  });
}

function redirectProperty(owner: object, name: string, change: (value: unknown) => unknown): void {
  replaceAccessor(owner as Methods, name, {
    set: (original) =>
      ({
        set(this: unknown, value: unknown) {
          return Reflect.apply(original, this, [change(value)]);
        },
      }).set,
  });
}

/** Of the Navigation API (HTML §7.2.6) what is needed here; Chromium has it since 102. */
interface NavigateEvent extends Event {
  navigationType: string;
  destination: { url: string };
  formData: FormData | null;
}

function redirectNavigation(page: PageWindow, real: (url: string) => string): void {
  page.addEventListener(
    'click',
    (event) => {
      const link = event.composedPath().find((node) => node instanceof page.HTMLAnchorElement);
      if (link && real(link.href) !== link.href) link.href = real(link.href);
    },
    true,
  );
  const { navigation } = page as { navigation?: EventTarget };
  navigation?.addEventListener('navigate', (event) => {
    const { destination, formData, navigationType, cancelable } = event as NavigateEvent;
    const url = real(destination.url);
    if (url === destination.url || formData || !cancelable) return;
    event.preventDefault();
    if (navigationType === 'replace') page.location.replace(url);
    else page.location.assign(url);
  });
}
