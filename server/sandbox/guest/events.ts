/** Node's `events`: EventEmitter, `once`, `on` and the small functions beside them. */
import { inspect } from './inspect.ts';
import { invalidArgument, nodeError, outOfRange } from './node-error.ts';

export type Listener = (...args: never[]) => unknown;
type AnyListener = ((...args: unknown[]) => unknown) & { listener?: AnyListener };
type Key = string | symbol;

export const errorMonitor = Symbol('events.errorMonitor');
export const captureRejectionSymbol = Symbol.for('nodejs.rejection');
export let defaultMaxListeners = 10;

function checkListener(listener: unknown): asserts listener is AnyListener {
  if (typeof listener !== 'function') throw invalidArgument('listener', 'of type function', listener);
}

/**
 * Works without its constructor having run: `_events` appears with the first listener.
 * The platform's own classes extend this one: `EventEmitter`'s callable face costs at each `new`.
 */
export class Emitter {
  declare _events: Map<Key, AnyListener[]> | undefined;
  declare _maxListeners: number | undefined;

  on(event: Key, listener: Listener): this {
    return add(this, event, listener, false);
  }
  addListener(event: Key, listener: Listener): this {
    return add(this, event, listener, false);
  }
  prependListener(event: Key, listener: Listener): this {
    return add(this, event, listener, true);
  }
  once(event: Key, listener: Listener): this {
    return this.on(event, onceWrapper(this, event, listener));
  }
  prependOnceListener(event: Key, listener: Listener): this {
    return this.prependListener(event, onceWrapper(this, event, listener));
  }

  off(event: Key, listener: Listener): this {
    return this.removeListener(event, listener);
  }
  removeListener(event: Key, listener: Listener): this {
    checkListener(listener);
    const list = this._events?.get(event);
    if (!list) return this;
    for (let index = list.length - 1; index >= 0; index--) {
      const known = list[index]!;
      if (known !== (listener as AnyListener) && known.listener !== (listener as AnyListener)) continue;
      // A copy: the list may be being called right now.
      const rest = list.slice();
      rest.splice(index, 1);
      if (rest.length === 0) this._events!.delete(event);
      else this._events!.set(event, rest);
      if (this._events!.has('removeListener')) this.emit('removeListener', event, known.listener ?? known);
      break;
    }
    return this;
  }

  removeAllListeners(event?: Key): this {
    const events = this._events;
    if (!events) return this;
    if (!events.has('removeListener')) {
      if (event === undefined) events.clear();
      else events.delete(event);
      return this;
    }
    const keys = event === undefined ? [...events.keys()].filter((key) => key !== 'removeListener') : [event];
    for (const key of keys) {
      for (const listener of (events.get(key) ?? []).slice().reverse()) this.removeListener(key, listener);
    }
    if (event === undefined) events.clear();
    return this;
  }

  emit(event: Key, ...args: unknown[]): boolean {
    const events = this._events;
    if (event === 'error') {
      if (events?.has(errorMonitor)) this.emit(errorMonitor, ...args);
      if (!events?.has('error')) throw unhandledError(args[0]);
    }
    const list = events?.get(event);
    if (!list) return false;
    // Removal copies the list, so this one stays as it was when the event began.
    const { length } = list;
    for (let index = 0; index < length; index++) Reflect.apply(list[index]!, this, args);
    return true;
  }

  listenerCount(event: Key, listener?: Listener): number {
    const list = this._events?.get(event) ?? [];
    if (listener === undefined) return list.length;
    return list.filter((known) => known === listener || known.listener === listener).length;
  }
  listeners(event: Key): Listener[] {
    return (this._events?.get(event) ?? []).map((known) => (known.listener ?? known) as Listener);
  }
  rawListeners(event: Key): Listener[] {
    return (this._events?.get(event) ?? []).slice() as Listener[];
  }
  eventNames(): Key[] {
    return [...(this._events?.keys() ?? [])];
  }
  setMaxListeners(count: number): this {
    if (typeof count !== 'number' || count < 0 || Number.isNaN(count))
      throw outOfRange('setMaxListeners', 'a non-negative number', count);
    this._maxListeners = count;
    return this;
  }
  getMaxListeners(): number {
    return this._maxListeners ?? defaultMaxListeners;
  }
}

/** A class that old code may also call: `EventEmitter.call(this)`, `util.inherits`. */
export function callable<T extends abstract new (...args: never[]) => object>(
  Class: T,
  initialise?: (self: unknown, args: unknown[]) => void,
): T {
  const callableClass = function (this: unknown, ...args: unknown[]): unknown {
    if (new.target) return Reflect.construct(Class as never, args, new.target);
    initialise?.(this, args);
    return undefined;
  };
  Object.setPrototypeOf(callableClass, Class);
  callableClass.prototype = Class.prototype;
  Object.defineProperty(callableClass, 'name', { value: Class.name });
  Object.defineProperty(Class.prototype, 'constructor', {
    value: callableClass,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return callableClass as unknown as T;
}

function add<T extends Emitter>(emitter: T, event: Key, listener: unknown, first: boolean): T {
  checkListener(listener);
  const events = (emitter._events ??= new Map());
  if (events.has('newListener')) emitter.emit('newListener', event, listener.listener ?? listener);
  const list = events.get(event);
  if (!list) events.set(event, [listener]);
  else events.set(event, first ? [listener, ...list] : [...list, listener]);
  return emitter;
}

function onceWrapper(emitter: Emitter, event: Key, listener: unknown): AnyListener {
  checkListener(listener);
  let fired = false;
  const wrapper: AnyListener = (...args) => {
    if (fired) return undefined;
    fired = true;
    emitter.removeListener(event, wrapper);
    return Reflect.apply(listener, emitter, args);
  };
  wrapper.listener = listener;
  return wrapper;
}

export type EventEmitter = Emitter;
export const EventEmitter = callable(Emitter);

function unhandledError(error: unknown): unknown {
  if (error instanceof Error) return error;
  const wrapped = nodeError('ERR_UNHANDLED_ERROR', `Unhandled error. (${inspect(error)})`);
  return Object.assign(wrapped, { context: error });
}

/** A promise for the next `event`; rejects with an earlier `error`. */
export function once(emitter: EventEmitter, event: Key): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      emitter.removeListener(event, succeed);
      reject(error as Error);
    };
    const succeed = (...args: unknown[]): void => {
      emitter.removeListener('error', fail as Listener);
      resolve(args);
    };
    emitter.once(event, succeed as Listener);
    if (event !== 'error') emitter.once('error', fail as Listener);
  });
}

/** Every `event` from now on, as an async iterator. */
export function on(emitter: EventEmitter, event: Key): AsyncIterableIterator<unknown[]> {
  const arrived: unknown[][] = [];
  const waiting: { resolve(result: IteratorResult<unknown[]>): void; reject(error: unknown): void }[] = [];
  let failure: { error: unknown } | undefined;
  let finished = false;
  const take = (...args: unknown[]): void => {
    const next = waiting.shift();
    if (next) next.resolve({ value: args, done: false });
    else arrived.push(args);
  };
  const fail = (error: unknown): void => {
    const next = waiting.shift();
    if (next) next.reject(error);
    else failure = { error };
  };
  emitter.on(event, take as Listener);
  if (event !== 'error') emitter.on('error', fail as Listener);
  const stop = (): Promise<IteratorResult<unknown[]>> => {
    emitter.off(event, take as Listener);
    emitter.off('error', fail as Listener);
    finished = true;
    for (const next of waiting.splice(0)) next.resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  };
  return {
    next() {
      const ready = arrived.shift();
      if (ready) return Promise.resolve({ value: ready, done: false });
      if (failure) {
        const { error } = failure;
        failure = undefined;
        return Promise.reject(error as Error);
      }
      if (finished) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: stop,
    throw(error) {
      void stop();
      return Promise.reject(error as Error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export function listenerCount(emitter: EventEmitter, event: Key): number {
  return emitter.listenerCount(event);
}

export function getEventListeners(emitter: EventEmitter, event: Key): Listener[] {
  return emitter.listeners(event);
}

export function setMaxListeners(count: number, ...emitters: EventEmitter[]): void {
  if (emitters.length === 0) defaultMaxListeners = count;
  for (const emitter of emitters) emitter.setMaxListeners(count);
}
