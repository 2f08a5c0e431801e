/** `AbortController`, `AbortSignal`, `Event` and `EventTarget`, enough for cancelling waits and streams. */
type Handler = ((event: Event) => void) | { handleEvent(event: Event): void };

export class Event {
  readonly type: string;
  target: EventTarget | null = null;
  defaultPrevented = false;
  constructor(type: string) {
    this.type = String(type);
  }
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

export class EventTarget {
  readonly #handlers = new Map<string, { handler: Handler; once: boolean }[]>();

  addEventListener(type: string, handler: Handler | null, options: { once?: boolean } | boolean = {}): void {
    if (!handler) return;
    const list = this.#handlers.get(type) ?? [];
    if (list.some((known) => known.handler === handler)) return;
    this.#handlers.set(type, [
      ...list,
      { handler, once: typeof options === 'object' && options.once === true },
    ]);
  }
  removeEventListener(type: string, handler: Handler | null): void {
    const list = this.#handlers.get(type) ?? [];
    this.#handlers.set(
      type,
      list.filter((known) => known.handler !== handler),
    );
  }
  dispatchEvent(event: Event): boolean {
    event.target = this;
    for (const { handler, once } of this.#handlers.get(event.type) ?? []) {
      if (once) this.removeEventListener(event.type, handler);
      if (typeof handler === 'function') handler.call(this, event);
      else handler.handleEvent(event);
    }
    return !event.defaultPrevented;
  }
}

function abortError(): Error {
  const error = new Error('This operation was aborted');
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

export class AbortSignal extends EventTarget {
  aborted = false;
  reason: unknown = undefined;
  onabort: ((event: Event) => void) | null = null;
  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }
  static abort(reason?: unknown): AbortSignal {
    const controller = new AbortController();
    controller.abort(reason);
    return controller.signal;
  }
}

export class AbortController {
  readonly signal = new AbortSignal();
  abort(reason: unknown = abortError()): void {
    if (this.signal.aborted) return;
    this.signal.aborted = true;
    this.signal.reason = reason;
    const event = new Event('abort');
    this.signal.onabort?.(event);
    this.signal.dispatchEvent(event);
  }
}
