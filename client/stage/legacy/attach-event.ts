import type { PageWindow } from '../runtime/page-window.ts';

type IeListener = (this: unknown, event: Event) => unknown;

interface Attached {
  type: string;
  handler: IeListener;
  listener: EventListener;
}

/**
 * `attachEvent` and `detachEvent` of windows, documents and elements: the handler's `this` is the window, its event has
 * no `currentTarget`, and what is attached twice is called twice. `returnValue`, `srcElement` and `cancelBubble` are
 * the browser's own.
 */
export function addAttachEvent(page: PageWindow): void {
  const { addEventListener, removeEventListener } = page.EventTarget.prototype;
  const attached = new WeakMap<object, Attached[]>();

  function attachEvent(this: EventTarget | undefined, name: string, handler: IeListener): boolean {
    const target = this ?? page;
    if (typeof handler !== 'function') return false;
    const type = typeOf(name);
    const listener = (event: Event): void => {
      const before = Object.getOwnPropertyDescriptor(event, 'currentTarget');
      Object.defineProperty(event, 'currentTarget', { value: undefined, configurable: true });
      try {
        const answer = Reflect.apply(handler, page, [event]);
        if (answer === false) event.preventDefault();
      } finally {
        Reflect.deleteProperty(event, 'currentTarget');
        if (before) Object.defineProperty(event, 'currentTarget', before);
      }
    };
    const list = attached.get(target) ?? [];
    attached.set(target, list);
    list.push({ type, handler, listener });
    Reflect.apply(addEventListener, target, [type, listener]);
    return true;
  }

  function detachEvent(this: EventTarget | undefined, name: string, handler: IeListener): void {
    const target = this ?? page;
    const list = attached.get(target) ?? [];
    const index = list.findIndex((one) => one.type === typeOf(name) && one.handler === handler);
    if (index < 0) return;
    const [{ type, listener }] = list.splice(index, 1) as [Attached];
    Reflect.apply(removeEventListener, target, [type, listener]);
  }

  for (const owner of [page, page.Document.prototype, page.Element.prototype]) {
    for (const [name, value] of Object.entries({ attachEvent, detachEvent })) {
      Object.defineProperty(owner, name, { value, writable: true, configurable: true });
    }
  }
}

/** `onunload` is heard at `pagehide`: browsers of today drop `unload`. */
function typeOf(name: string): string {
  const type = String(name).replace(/^on/, '');
  return type === 'unload' ? 'pagehide' : type;
}
