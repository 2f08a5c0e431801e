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

/** Makes wrapped functions print as the native ones they stand for. */
export function disguiseToString(): void {
  replaceMethod(Function.prototype, 'toString', (original) => {
    return {
      toString(this: unknown) {
        const stands = typeof this === 'function' ? originals.get(this) : undefined;
        return Reflect.apply(original, stands ?? this, []);
      },
    }.toString;
  });
}

function disguised(replacement: Method, original: Method): Method {
  for (const key of ['name', 'length'] as const) {
    Object.defineProperty(replacement, key, { value: original[key], configurable: true });
  }
  originals.set(replacement, original);
  return replacement;
}
