import type { SourcePosition } from '#protocol/errors';
import type { XhrEvent } from '../protocol.ts';
import { absolute } from '../runtime/address.ts';
import type { PageWindow } from '../runtime/page-window.ts';
import { bugsIn } from './bugs.ts';
import type { Emulation } from './emulation.ts';
import { ACCESS_DENIED, INVALID_ARGUMENT, scriptError, UNSPECIFIED } from './script-error.ts';

const HANDLERS = ['onload', 'onerror', 'onprogress', 'ontimeout'] as const;
type HandlerName = (typeof HANDLERS)[number];

/** Bytes of body that the real one held before it gave any to the page. */
const PRELUDE_BYTES = 2_048;

type Phase = 'created' | 'opened' | 'sent' | 'done' | 'failed' | 'timeout' | 'aborted';

/** What code sees of it. Expandos are allowed: clients set `withCredentials` and `status` on it. */
export interface XDomainRequest {
  onload: unknown;
  onerror: unknown;
  onprogress: unknown;
  ontimeout: unknown;
  timeout: number;
  readonly contentType: string;
  readonly responseText: string;
  open(method: string, url: string): void;
  send(body?: string): void;
  abort(): void;
}

/** Apart from the state, which a request in flight holds: what a handler refers to must not live by that. */
interface Handlers {
  set: Record<HandlerName, unknown>;
  /** Where they were set. */
  registered: Partial<Record<HandlerName, SourcePosition>>;
}

interface State {
  phase: Phase;
  call: Pick<XhrEvent, 'call' | 'method' | 'url'>;
  contentType: string;
  text: string;
  controller: AbortController;
  timer: number | undefined;
  /** The event whose handler is running, until somebody reads the answer. */
  unread: XhrEvent | null;
}

/**
 * Makes `XDomainRequest` as Internet Explorer 8 to 10 had it, on the page's own fetch: no credentials, no header of
 * the page's, no status, and nothing before 2 KB of body.
 */
export function createXDomainRequest(page: PageWindow, { browser, probe, real, fetch }: Emulation) {
  const { AbortController, Blob, FinalizationRegistry, TextDecoder, WeakRef, URL } = page;
  const { document, location } = page;
  const setTimer = page.setTimeout.bind(page);
  const clearTimer = page.clearTimeout.bind(page);
  const report = page.reportError.bind(page);
  const { outbox, sources, tasks, now, nextCall } = probe;

  const states = new WeakMap<object, State>();
  const handlersOf = new WeakMap<object, Handlers>();
  /** What keeps a request alive until it is over; the real one in Internet Explorer 8 had nobody to do that. */
  const inFlight = new Set<object>();
  const collected = new FinalizationRegistry<State>(cancel);
  /** A request was sent in this task. */
  let justSent = false;

  class XDomainRequestObject {
    timeout = 0;

    constructor() {
      states.set(this, {
        phase: 'created',
        call: { call: 0, method: 'GET', url: '' },
        contentType: '',
        text: '',
        controller: new AbortController(),
        timer: undefined,
        unread: null,
      });
      handlersOf.set(this, { set: noHandlers(), registered: {} });
    }

    get contentType(): string {
      return stateOf(this).contentType;
    }

    get responseText(): string {
      const state = stateOf(this);
      if (state.phase === 'timeout') throw scriptError(page, UNSPECIFIED);
      if (state.unread) {
        const at = sources.here();
        if (at) state.unread.at = at;
        state.unread = null;
      }
      return state.text;
    }

    /** Further arguments, which clients give, are ignored. */
    open(method: string, url: string): void {
      const state = stateOf(this);
      const href = absolute(real(String(url)), document.baseURI);
      const target = parse(href);
      // Http or https, and the page's own of the two.
      if (target?.protocol !== location.protocol) throw scriptError(page, ACCESS_DENIED);
      if (!/^(get|post)$/i.test(String(method))) throw scriptError(page, INVALID_ARGUMENT);
      if (state.phase === 'sent') cancel(state);
      state.call = { call: nextCall(), method: String(method).toUpperCase(), url: href };
      state.controller = new AbortController();
      state.contentType = state.text = '';
      state.phase = 'opened';
    }

    send(body?: string): void {
      const state = stateOf(this);
      if (state.phase !== 'opened') throw scriptError(page, UNSPECIFIED);
      const bugs = bugsIn(document, browser);
      state.phase = 'sent';
      outbox.emit({
        type: 'network',
        t: now(),
        api: 'XDomainRequest',
        name: 'send',
        ...state.call,
        at: sources.here(),
      });
      if (bugs.has('xdr-loses-simultaneous-sends')) {
        if (justSent) return;
        justSent = true;
        tasks.next(() => (justSent = false));
      }
      if (
        bugs.has('xdr-needs-all-handlers') &&
        HANDLERS.some((name) => typeof handlersOf.get(this)!.set[name] !== 'function')
      ) {
        state.phase = 'aborted';
        return;
      }
      const target = new WeakRef<object>(this);
      if (bugs.has('xdr-collected-in-flight')) collected.register(this, state, state);
      else inFlight.add(this);
      if (this.timeout > 0) state.timer = setTimer(() => timedOut(state, target), Number(this.timeout));
      void request(state, target, {
        // Without a type no Content-Type goes out, as the real one did.
        body:
          state.call.method === 'POST'
            ? new Blob([body === undefined || body === null ? '' : String(body)])
            : undefined,
        failsWithoutContent: bugs.has('xdr-fails-without-content'),
      });
    }

    /** No event follows. */
    abort(): void {
      const state = stateOf(this);
      if (state.phase === 'sent') {
        outbox.emit({
          type: 'network',
          t: now(),
          api: 'XDomainRequest',
          name: 'abort',
          ...state.call,
          at: sources.here(),
        });
      }
      cancel(state);
      inFlight.delete(this);
      if (bugsIn(document, browser).has('xdr-abort-clears-handlers')) {
        handlersOf.get(this)!.set = noHandlers();
      }
    }
  }

  // Accessors, so that the line which set a handler is known.
  for (const name of HANDLERS) {
    Object.defineProperty(XDomainRequestObject.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: object) {
        return handlersOf.get(this)?.set[name];
      },
      set(this: object, handler: unknown) {
        const handlers = handlersOf.get(this);
        if (!handlers) throw scriptError(page, UNSPECIFIED);
        handlers.set[name] = handler;
        if (handler) handlers.registered[name] = sources.here();
      },
    });
  }

  function stateOf(request: object): State {
    const state = states.get(request);
    if (!state) throw scriptError(page, UNSPECIFIED);
    return state;
  }

  async function request(
    state: State,
    target: WeakRef<object>,
    { body, failsWithoutContent }: { body: Blob | undefined; failsWithoutContent: boolean },
  ): Promise<void> {
    const { call, controller } = state;
    const isOver = (): boolean => state.phase !== 'sent' || state.controller !== controller;
    let bytes = 0;
    try {
      const response = await fetch(call.url, {
        method: call.method,
        body,
        mode: 'cors',
        credentials: 'omit',
        cache: 'no-store',
        signal: controller.signal,
      });
      if (isOver()) return;
      const type = response.headers.get('content-type') ?? '';
      if (!response.ok || !isAllowed(response)) {
        controller.abort();
        return ended(state, target, 'error');
      }
      if (failsWithoutContent && response.status === 204) return ended(state, target, 'error');
      state.contentType = type;
      const decoder = new TextDecoder();
      let held = '';
      const reader = response.body?.getReader();
      for (;;) {
        const part = await reader?.read();
        if (isOver()) return;
        if (!part || part.done) break;
        bytes += part.value.length;
        held += decoder.decode(part.value, { stream: true });
        if (bytes < PRELUDE_BYTES) continue;
        state.text += held;
        held = '';
        tell(state, target, 'progress', { loaded: bytes });
        if (isOver()) return;
      }
      state.text += held + decoder.decode();
      ended(state, target, 'load');
    } catch {
      // Refused, reset, or forbidden by CORS: it is never told which.
      if (!isOver()) ended(state, target, 'error');
    }
  }

  /** Also for a target of the page's own origin, which fetch does not check. */
  function isAllowed(response: Response): boolean {
    const allowed = response.headers.get('access-control-allow-origin');
    // Across origins the browser has checked it, and need not show it to us.
    return allowed === null ? response.type === 'cors' : allowed === '*' || allowed === location.origin;
  }

  function timedOut(state: State, target: WeakRef<object>): void {
    if (state.phase !== 'sent') return;
    state.controller.abort();
    ended(state, target, 'timeout');
  }

  function ended(state: State, target: WeakRef<object>, name: 'load' | 'error' | 'timeout'): void {
    clearTimer(state.timer);
    state.phase = name === 'load' ? 'done' : name === 'error' ? 'failed' : 'timeout';
    if (name !== 'load') state.text = '';
    tell(state, target, name);
    const request = target.deref();
    // Its handler may have opened it again.
    if (request && (state.phase as Phase) !== 'sent') inFlight.delete(request);
  }

  function tell(
    state: State,
    target: WeakRef<object>,
    name: 'load' | 'error' | 'timeout' | 'progress',
    details: Pick<XhrEvent, 'loaded'> = {},
  ): void {
    const request = target.deref();
    const handlers = request && handlersOf.get(request);
    const handler = handlers?.set[`on${name}`];
    if (!request || typeof handler !== 'function') return;
    if (name === 'load' || name === 'progress') tasks.handed(state.call.call);
    const at = handlers?.registered[`on${name}`];
    state.unread = outbox.emit({
      type: 'network',
      t: now(),
      api: 'XDomainRequest',
      name,
      ...state.call,
      ...details,
      at,
    });
    try {
      // Without an event: `this` is all that it is told.
      Reflect.apply(handler, request, []);
    } catch (error) {
      report(error);
    }
    state.unread = null;
  }

  function cancel(state: State): void {
    clearTimer(state.timer);
    if (state.phase === 'sent') state.controller.abort();
    state.phase = 'aborted';
  }

  function parse(url: string): URL | undefined {
    try {
      return new URL(url);
    } catch {
      return undefined; // A port that is none, for one: access is denied.
    }
  }

  function noHandlers(): Handlers['set'] {
    return { onload: null, onerror: null, onprogress: null, ontimeout: null };
  }

  Object.defineProperty(XDomainRequestObject, 'name', { value: 'XDomainRequest' });
  return XDomainRequestObject as unknown as new () => XDomainRequest;
}
