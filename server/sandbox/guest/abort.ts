/** `AbortController`, `AbortSignal`, `Event` and `EventTarget` (DOM §2, §3). */
import { now } from './bridge.ts';
import { invalidArgument } from './node-error.ts';
import { setTimeout, type Timeout } from './timers.ts';
import { nextTick } from './tasks.ts';

type Handler = ((event: Event) => void) | { handleEvent(event: Event): void };
interface EventInit {
  bubbles?: boolean;
  cancelable?: boolean;
  composed?: boolean;
}

export class Event {
  static readonly NONE = 0;
  static readonly CAPTURING_PHASE = 1;
  static readonly AT_TARGET = 2;
  static readonly BUBBLING_PHASE = 3;
  readonly #type: string;
  readonly #init: EventInit;
  readonly timeStamp = now();
  #prevented = false;
  #stopped = false;
  #target: EventTarget | null = null;
  #dispatching = false;

  constructor(type: string, init: EventInit = {}) {
    this.#type = String(type);
    this.#init = init ?? {};
  }
  get type(): string {
    return this.#type;
  }
  get target(): EventTarget | null {
    return this.#target;
  }
  get currentTarget(): EventTarget | null {
    return this.#dispatching ? this.#target : null;
  }
  get srcElement(): EventTarget | null {
    return this.#target;
  }
  get bubbles(): boolean {
    return this.#init.bubbles === true;
  }
  get cancelable(): boolean {
    return this.#init.cancelable === true;
  }
  get composed(): boolean {
    return this.#init.composed === true;
  }
  get defaultPrevented(): boolean {
    return this.cancelable && this.#prevented;
  }
  get eventPhase(): number {
    return this.#dispatching ? Event.AT_TARGET : Event.NONE;
  }
  get isTrusted(): boolean {
    return false;
  }
  preventDefault(): void {
    this.#prevented = true;
  }
  stopPropagation(): void {
    // Nothing lies above a target here.
  }
  stopImmediatePropagation(): void {
    this.#stopped = true;
  }
  composedPath(): EventTarget[] {
    return this.#dispatching && this.#target ? [this.#target] : [];
  }
  /** For `dispatchEvent`: true when no further handler may run. */
  static run(event: Event, target: EventTarget, handlers: Iterable<() => void>): void {
    event.#target = target;
    event.#dispatching = true;
    for (const handler of handlers) {
      if (event.#stopped) break;
      handler();
    }
    event.#dispatching = false;
  }
}
const runEvent = Event.run;
Reflect.deleteProperty(Event, 'run');

export class CustomEvent extends Event {
  readonly #detail: unknown;
  constructor(type: string, init: EventInit & { detail?: unknown } = {}) {
    super(type, init);
    this.#detail = init.detail ?? null;
  }
  get detail(): unknown {
    return this.#detail;
  }
}

interface Entry {
  handler: Handler;
  once: boolean;
}

export class EventTarget {
  readonly #handlers = new Map<string, Entry[]>();

  addEventListener(
    type: string,
    handler: Handler | null,
    options: { once?: boolean; signal?: AbortSignal } | boolean = {},
  ): void {
    if (!handler) return;
    const { once = false, signal = undefined } = typeof options === 'object' ? options : {};
    if (signal?.aborted) return;
    const list = this.#handlers.get(type) ?? [];
    if (list.some((known) => known.handler === handler)) return;
    this.#handlers.set(type, [...list, { handler, once }]);
    signal?.addEventListener('abort', () => this.removeEventListener(type, handler));
  }
  removeEventListener(type: string, handler: Handler | null): void {
    const list = this.#handlers.get(type) ?? [];
    this.#handlers.set(
      type,
      list.filter((known) => known.handler !== handler),
    );
  }
  dispatchEvent(event: Event): boolean {
    if (!(event instanceof Event)) throw invalidArgument('event', 'an instance of Event', event);
    runEvent(event, this, this.#calls(event));
    return !event.defaultPrevented;
  }
  *#calls(event: Event): Iterable<() => void> {
    const own: unknown = (this as Record<string, unknown>)[`on${event.type}`];
    if (typeof own === 'function') yield () => void Reflect.apply(own, this, [event]);
    for (const { handler, once } of this.#handlers.get(event.type) ?? []) {
      if (!this.#handlers.get(event.type)?.some((known) => known.handler === handler)) continue;
      if (once) this.removeEventListener(event.type, handler);
      yield () => {
        try {
          if (typeof handler === 'function') handler.call(this, event);
          else handler.handleEvent(event);
        } catch (error) {
          // Uncaught, as in Node; the other handlers run.
          nextTick(() => {
            throw error;
          });
        }
      };
    }
  }
}

/** `DOMException` with the numbers of its names (Web IDL §4.3). */
export class DOMException extends Error {
  readonly code: number;
  constructor(message = '', name: string | { name?: string; cause?: unknown } = 'Error') {
    super(message);
    const own = typeof name === 'string' ? name : (name.name ?? 'Error');
    Object.defineProperty(this, 'name', { value: own, configurable: true, enumerable: false });
    this.code = CODES[own] ?? 0;
    Object.defineProperty(this, 'code', { enumerable: false });
    Error.captureStackTrace(this, DOMException);
  }
}
const CODES: Record<string, number> = {
  NotFoundError: 8,
  NotSupportedError: 9,
  InvalidStateError: 11,
  SyntaxError: 12,
  TypeMismatchError: 17,
  NetworkError: 19,
  AbortError: 20,
  QuotaExceededError: 22,
  TimeoutError: 23,
  DataCloneError: 25,
};

const abortError = (): Error => new DOMException('This operation was aborted', 'AbortError');

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown = undefined;
  onabort: ((event: Event) => void) | null = null;

  get aborted(): boolean {
    return this.#aborted;
  }
  get reason(): unknown {
    return this.#reason;
  }
  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }
  /** For the controller and the static makers. */
  static end(signal: AbortSignal, reason: unknown): void {
    if (signal.#aborted) return;
    signal.#aborted = true;
    signal.#reason = reason;
    signal.dispatchEvent(new Event('abort'));
  }
  static abort(reason: unknown = abortError()): AbortSignal {
    const signal = new AbortSignal();
    endSignal(signal, reason);
    return signal;
  }
  static timeout(ms: number): AbortSignal {
    const signal = new AbortSignal();
    const timer: Timeout = setTimeout(
      () => endSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
      ms,
    );
    timer.unref();
    return signal;
  }
  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const all = [...signals];
    const signal = new AbortSignal();
    const first = all.find(({ aborted }) => aborted);
    if (first) endSignal(signal, first.reason);
    else for (const each of all) each.addEventListener('abort', () => endSignal(signal, each.reason));
    return signal;
  }
}
const endSignal = AbortSignal.end;
Reflect.deleteProperty(AbortSignal, 'end');

export class AbortController {
  readonly #signal = new AbortSignal();
  get signal(): AbortSignal {
    return this.#signal;
  }
  abort(reason: unknown = abortError()): void {
    endSignal(this.#signal, reason);
  }
}
