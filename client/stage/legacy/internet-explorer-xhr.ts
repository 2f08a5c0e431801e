import { absolute } from '../runtime/address.ts';
import type { PageWindow } from '../runtime/page-window.ts';
import type { Emulation } from './emulation.ts';
import {
  ABORTED,
  ACCESS_DENIED,
  NOT_YET_AVAILABLE,
  scriptError,
  TYPE_MISMATCH,
  UNSPECIFIED,
} from './script-error.ts';

type Handler = ((this: unknown, event?: unknown) => unknown) | null;

interface State {
  inner: XMLHttpRequest;
  /** Where the request goes; null for one that its sender waits for, which holds up everything else by itself. */
  url: string | null;
  /** Gives the connection back, or leaves the queue for one. */
  giveBack(): void;
  handlers: Record<string, Handler>;
  listeners: [type: string, listener: (event: unknown) => unknown][];
  timeout: number;
  sent: boolean;
  aborted: boolean;
  /** `readyState` 3 is told once: the object holds the body back until it is complete. */
  toldLoading: boolean;
}

/** WinINet's code for a connection that could not be made, which scripts got as `status`. */
const CANNOT_CONNECT = 12_029;
/** What OLE made of 204. */
const NO_CONTENT = 1_223;

/**
 * XMLHttpRequest as Internet Explorer 6 to 9 had it: of the page's own origin only, and without a byte of the body
 * before all of it has come. In `readyState` 3 `responseText` and `status` throw.
 *
 * @param native The browser's own, which does the work and is watched by the runtime.
 * @param msxml Makes an object of MSXML (`new ActiveXObject('Microsoft.XMLHTTP')`), of this version of it.
 */
export function createInternetExplorerXhr(
  page: PageWindow,
  { browser: { version }, real, connections, probe }: Emulation,
  native: typeof XMLHttpRequest,
  msxml?: 3 | 6,
): new () => object {
  const { location, document, URL } = page;
  const report = page.reportError.bind(page);
  const states = new WeakMap<object, State>();
  const hasTimeout = !msxml && version >= 8;
  const hasLoad = !msxml && version >= 9;

  class InternetExplorerXhr {
    constructor() {
      states.set(this, {
        inner: new native(),
        url: null,
        giveBack: () => {},
        handlers: {},
        listeners: [],
        timeout: 0,
        sent: false,
        aborted: false,
        toldLoading: false,
      });
    }

    get readyState(): number {
      const { inner, toldLoading } = stateOf(this);
      return inner.readyState === 3 && !toldLoading ? 2 : inner.readyState;
    }

    get responseText(): string {
      return whenAvailable(this).responseText;
    }

    get responseXML(): Document | null {
      const { inner } = stateOf(this);
      return inner.readyState === 4 ? inner.responseXML : null;
    }

    get status(): number {
      const inner = whenAvailable(this);
      if (inner.status === 204) return NO_CONTENT;
      return inner.status === 0 && inner.readyState === 4 ? CANNOT_CONNECT : inner.status;
    }

    get statusText(): string {
      const inner = whenAvailable(this);
      return inner.status === 204 || (inner.status === 0 && inner.readyState === 4)
        ? 'Unknown'
        : inner.statusText;
    }

    open(method: string, url: string, isAsync: unknown = true, user?: string, password?: string): void {
      const state = stateOf(this);
      if (originOf(real(String(url))) !== location.origin) throw scriptError(page, ACCESS_DENIED);
      // MSXML 3 forgot the handler when a used object was opened again; MSXML 6 mended that.
      if (msxml === 3 && state.sent) delete state.handlers['readystatechange'];
      state.giveBack();
      Object.assign(state, {
        sent: false,
        aborted: false,
        toldLoading: false,
        url: isAsync ? absolute(real(String(url)), document.baseURI) : null,
      });
      listen(this, state);
      state.inner.open(String(method), String(url), Boolean(isAsync), user, password);
    }

    send(body?: unknown): void {
      const state = stateOf(this);
      if (hasTimeout && state.timeout > 0) state.inner.timeout = state.timeout;
      state.sent = true;
      holdBack(state);
      state.inner.send(body === undefined || body === null ? null : (body as XMLHttpRequestBodyInit));
    }

    abort(): void {
      const state = stateOf(this);
      state.aborted = state.sent;
      state.giveBack();
      state.inner.abort();
    }

    setRequestHeader(name: string, value: string): void {
      if (value === null || value === undefined) throw scriptError(page, TYPE_MISMATCH);
      stateOf(this).inner.setRequestHeader(String(name), String(value));
    }

    getResponseHeader(name: string): string | null {
      return stateOf(this).inner.getResponseHeader(String(name));
    }

    getAllResponseHeaders(): string {
      return stateOf(this).inner.getAllResponseHeaders();
    }
  }

  const { prototype } = InternetExplorerXhr;
  addHandler('readystatechange', true);
  if (hasTimeout) {
    addHandler('timeout');
    Object.defineProperty(prototype, 'timeout', {
      configurable: true,
      enumerable: true,
      get(this: object) {
        return stateOf(this).timeout;
      },
      set(this: object, value: unknown) {
        const state = stateOf(this);
        // Only between open and send.
        if (state.inner.readyState !== 1 || state.sent) throw scriptError(page, UNSPECIFIED);
        state.timeout = Number(value);
      },
    });
  }
  if (hasLoad) {
    addHandler('load');
    Object.assign(prototype, {
      addEventListener(this: object, type: string, listener: (event: unknown) => unknown) {
        stateOf(this).listeners.push([String(type), listener]);
      },
      removeEventListener(this: object, type: string, listener: unknown) {
        const state = stateOf(this);
        state.listeners = state.listeners.filter(([of, one]) => of !== type || one !== listener);
      },
    });
  }

  /** Of a handler property. Setting it is told to the inner object too, which knows the line by that. */
  function addHandler(type: string, isFunction = false): void {
    Object.defineProperty(prototype, `on${type}`, {
      configurable: true,
      enumerable: true,
      get(this: object) {
        return stateOf(this).handlers[type] ?? null;
      },
      set(this: object, handler: unknown) {
        const state = stateOf(this);
        if (isFunction && typeof handler !== 'function') throw scriptError(page, TYPE_MISMATCH);
        state.handlers[type] = typeof handler === 'function' ? (handler as Handler) : null;
        listen(this, state);
      },
    });
  }

  function listen(xhr: InternetExplorerXhr | object, state: State): void {
    const { inner } = state;
    inner.onreadystatechange = () => {
      if (inner.readyState === 3) {
        if (state.toldLoading) return;
        state.toldLoading = true;
      }
      fire(xhr, state, 'readystatechange');
    };
    inner.onloadend = () => state.giveBack();
    if (hasTimeout) inner.ontimeout = () => fire(xhr, state, 'timeout');
    if (hasLoad) inner.onload = () => fire(xhr, state, 'load');
  }

  /** Lets the request begin when a connection is free. What is sent is told before. */
  function holdBack(state: State): void {
    const { inner, url } = state;
    probe.gates.delete(inner);
    if (!connections || url === null) return;
    probe.gates.set(inner, (start) => {
      state.giveBack = connections.take(url, start);
    });
  }

  function fire(xhr: object, state: State, type: string): void {
    const handler = state.handlers[type];
    const listeners = state.listeners.filter(([of]) => of === type).map(([, listener]) => listener);
    // Nobody hands a COM object's handler an event, nor its `this`.
    const given = hasLoad ? [eventOf(xhr, type)] : [];
    for (const one of handler ? [handler, ...listeners] : listeners) {
      try {
        Reflect.apply(one, msxml ? page : xhr, given);
      } catch (error) {
        report(error);
      }
    }
  }

  function eventOf(target: object, type: string): object {
    return { type, target, currentTarget: target, srcElement: target };
  }

  function stateOf(xhr: object): State {
    const state = states.get(xhr);
    if (!state) throw scriptError(page, UNSPECIFIED);
    return state;
  }

  /** The inner object, when what it has may be read. */
  function whenAvailable(xhr: object): XMLHttpRequest {
    const { inner, aborted } = stateOf(xhr);
    if (aborted && version === 9 && !msxml) throw scriptError(page, ABORTED);
    if (inner.readyState === 2 || inner.readyState === 3) throw scriptError(page, NOT_YET_AVAILABLE);
    return inner;
  }

  function originOf(url: string): string | null {
    try {
      return new URL(url, document.baseURI).origin;
    } catch {
      return null;
    }
  }

  Object.defineProperty(InternetExplorerXhr, 'name', { value: 'XMLHttpRequest' });
  return InternetExplorerXhr;
}
