/** Puts functions in the place of the page's own without leaving a trace that code could trip over. */

/** Any function: who wraps one knows its `this` and its arguments. */
type Method = (this: never, ...args: never[]) => unknown;

const originals = new WeakMap<object, object>();

/**
 * Replaces `owner[name]`, which keeps its descriptor, name and length.
 *
 * @param make Given the original, returns a method (shorthand: without `prototype`, not constructible).
 */
export function replaceMethod<Owner extends object>(
  owner: Owner,
  name: keyof Owner & string,
  make: (original: Method) => Method,
): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  const original = owner[name] as Method;
  if (typeof original !== 'function') return;
  const value = disguised(make(original), original);
  Object.defineProperty(owner, name, {
    ...(descriptor ?? { writable: true, enumerable: true, configurable: true }),
    value,
  });
}

/** Replaces getter or setter of `owner[name]`. */
export function replaceAccessor<Owner extends object>(
  owner: Owner,
  name: keyof Owner & string,
  make: { get?(original: Method): Method; set?(original: Method): Method },
): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (!descriptor) return;
  const { get, set } = descriptor as { get?: Method; set?: Method };
  Object.defineProperty(owner, name, {
    ...descriptor,
    get: get && make.get ? disguised(make.get(get), get) : get,
    set: set && make.set ? disguised(make.set(set), set) : set,
  });
}

/**
 * Replaces the constructor `owner[name]` by one with the same prototype and static members, which can be extended.
 *
 * @param construct Calls the original by `make(args)`: the object has the class that code asked for.
 */
export function replaceConstructor<Owner extends object, Made extends object>(
  owner: Owner,
  name: keyof Owner & string,
  construct: (make: (args: unknown[]) => Made, args: unknown[]) => Made,
): void {
  const original = owner[name] as (new (...args: never[]) => Made) | undefined;
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (typeof original !== 'function' || !descriptor) return;
  const value = new Proxy(original, {
    construct: (target, args: unknown[], newTarget) =>
      construct((given) => Reflect.construct(target, given, newTarget) as Made, args),
  });
  originals.set(value, original);
  Object.defineProperty(owner, name, { ...descriptor, value });
  const { prototype } = original as { prototype: object };
  const back = Object.getOwnPropertyDescriptor(prototype, 'constructor');
  // Image and Audio construct what has another constructor.
  if (back?.value === original) Object.defineProperty(prototype, 'constructor', { ...back, value });
}

/** A function that stands for `original` in all respects, and calls `before` each time it is called. */
export function standIn(original: Method, before: () => void): Method {
  const proxy = new Proxy(original, {
    apply(target, self, args) {
      before();
      return Reflect.apply(target, self as never, args as never[]) as unknown;
    },
  });
  originals.set(proxy, original);
  return proxy;
}

/** Makes wrapped functions print as the native ones they stand for. */
export function disguiseToString(page: { Function: FunctionConstructor }): void {
  replaceMethod(page.Function.prototype, 'toString', (original) => {
    return {
      toString(this: unknown) {
        return Reflect.apply(original, originalOf(this), []);
      },
    }.toString;
  });
}

/** What is wrapped twice stands for what is wrapped once. */
function originalOf(value: unknown): unknown {
  const original = typeof value === 'function' ? originals.get(value) : undefined;
  return original ? originalOf(original) : value;
}

/** Lets `replacement` be named, counted and printed as `original`. */
function disguised(replacement: Method, original: Method): Method {
  for (const key of ['name', 'length'] as const) {
    Object.defineProperty(replacement, key, { value: original[key], configurable: true });
  }
  originals.set(replacement, original);
  return replacement;
}
