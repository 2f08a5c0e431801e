import type { PageWindow } from '../runtime/page-window.ts';

/**
 * `readyState` and `onreadystatechange` of script and iframe elements. Clients that find `attachEvent` on an element
 * wait for these instead of `load`: one must not be there without the other.
 */
export function addReadyStates(page: PageWindow): void {
  addReadyState(page, page.HTMLScriptElement.prototype, 'loaded');
  addReadyState(page, page.HTMLIFrameElement.prototype, 'complete');
  // A script that has `for` and `event` is not run by itself (HTML §4.12.1.1): it ran as the handler of that event, from
  // where code called it. Here it runs when it comes, as others do.
  for (const name of ['htmlFor', 'event']) {
    Object.defineProperty(page.HTMLScriptElement.prototype, name, {
      value: '',
      writable: true,
      configurable: true,
    });
  }
}

interface State {
  readyState: string;
  handler: unknown;
}

function addReadyState(page: PageWindow, prototype: HTMLElement, ended: string): void {
  const { addEventListener } = page.EventTarget.prototype;
  const report = page.reportError.bind(page);
  const EventOfPage = page.Event;
  const states = new WeakMap<object, State>();

  function stateOf(element: object): State {
    const known = states.get(element);
    if (known) return known;
    const state: State = { readyState: 'loading', handler: null };
    states.set(element, state);
    const done = (): void => {
      state.readyState = ended;
      if (typeof state.handler !== 'function') return;
      try {
        Reflect.apply(state.handler, element, [new EventOfPage('readystatechange')]);
      } catch (error) {
        report(error);
      }
    };
    for (const type of ['load', 'error']) Reflect.apply(addEventListener, element, [type, done]);
    return state;
  }

  Object.defineProperty(prototype, 'readyState', {
    configurable: true,
    enumerable: true,
    get(this: object) {
      return stateOf(this).readyState;
    },
  });
  Object.defineProperty(prototype, 'onreadystatechange', {
    configurable: true,
    enumerable: true,
    get(this: object) {
      return stateOf(this).handler;
    },
    set(this: object, handler: unknown) {
      stateOf(this).handler = handler;
    },
  });
}
