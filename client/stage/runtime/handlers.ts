import { replaceAccessor, replaceMethod } from './wrap.ts';

/**
 * Calls `register` when code sets a handler on an object with one of these prototypes, by `addEventListener` or by
 * `on…`: before the handler is set, so that a listener added there comes first.
 *
 * @param prototypes From the object's own to the last that has an `on…` property.
 */
export function watchHandlers<Target extends object>(
  prototypes: readonly object[],
  types: readonly string[],
  isTarget: (object: unknown) => object is Target,
  register: (target: Target, type: string) => void,
): void {
  // An own property of the prototype from now on; EventTarget's is left as it is for everything else.
  replaceMethod(prototypes[0] as Record<string, unknown>, 'addEventListener', (original) => {
    return {
      addEventListener(this: unknown, ...args: unknown[]) {
        if (isTarget(this) && args[1]) register(this, String(args[0]));
        return Reflect.apply(original, this, args);
      },
    }.addEventListener;
  });
  for (const type of types) {
    const owner = prototypes.find((prototype) => Object.hasOwn(prototype, `on${type}`));
    if (!owner) continue;
    replaceAccessor(owner as Record<string, unknown>, `on${type}`, {
      set: (original) =>
        ({
          set(this: unknown, handler: unknown) {
            if (isTarget(this) && handler) register(this, type);
            return Reflect.apply(original, this, [handler]);
          },
        }).set,
    });
  }
}
