/** Deep equality as `assert.deepStrictEqual` and `util.isDeepStrictEqual` mean it; not strict: by `==`. */
export function isDeepEqual(
  a: unknown,
  b: unknown,
  strict: boolean,
  pairs: [object, object][] = [],
): boolean {
  if (strict ? Object.is(a, b) : a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    if (strict || typeof a === 'function' || typeof b === 'function') return false;
    if ((typeof a === 'object' && a !== null) || (typeof b === 'object' && b !== null)) return false;

    return a == b || (Number.isNaN(a) && Number.isNaN(b));
  }
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const brand = brandOf(a);
  if (brand !== brandOf(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  if (pairs.some(([x, y]) => x === a && y === b)) return true;
  const within: [object, object][] = [...pairs, [a, b]];
  const same = (x: unknown, y: unknown): boolean => isDeepEqual(x, y, strict, within);
  if (a instanceof Date && a.getTime() !== (b as Date).getTime()) return false;
  if (a instanceof RegExp && (String(a) !== String(b) || a.lastIndex !== (b as RegExp).lastIndex))
    return false;
  if (a instanceof Error && (a.message !== (b as Error).message || a.name !== (b as Error).name))
    return false;
  if (
    ['Number', 'String', 'Boolean', 'Symbol', 'BigInt'].includes(brand) &&
    !Object.is(a.valueOf(), b.valueOf())
  )
    return false;
  if (ArrayBuffer.isView(a) && !sameBytes(a, b as ArrayBufferView)) return false;
  if (a instanceof ArrayBuffer && !sameBytes(new Uint8Array(a), new Uint8Array(b as ArrayBuffer)))
    return false;
  if (a instanceof Set && !sameSet(a, b as Set<unknown>, same)) return false;
  if (a instanceof Map && !sameMap(a, b as Map<unknown, unknown>, same)) return false;
  if (a instanceof Promise || a instanceof WeakMap || a instanceof WeakSet) return false;
  return ArrayBuffer.isView(a) || sameKeys(a, b, strict, same);
}

const brandOf = (value: unknown): string => Object.prototype.toString.call(value);

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  if (a.byteLength !== b.byteLength) return false;
  const [one, two] = [a, b].map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)) as [
    Uint8Array,
    Uint8Array,
  ];
  return one.every((byte, index) => byte === two[index]);
}

type Same = (x: unknown, y: unknown) => boolean;
function sameSet(a: Set<unknown>, b: Set<unknown>, same: Same): boolean {
  if (a.size !== b.size) return false;
  const left = [...b].filter((value) => !a.has(value));
  for (const value of a) {
    if (b.has(value)) continue;
    const at = left.findIndex((other) => same(value, other));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return true;
}
function sameMap(a: Map<unknown, unknown>, b: Map<unknown, unknown>, same: Same): boolean {
  if (a.size !== b.size) return false;
  const left = [...b].filter(([key]) => !a.has(key));
  for (const [key, value] of a) {
    if (b.has(key)) {
      if (!same(value, b.get(key))) return false;
      continue;
    }
    const at = left.findIndex(([otherKey, other]) => same(key, otherKey) && same(value, other));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return true;
}
function sameKeys(a: object, b: object, strict: boolean, same: Same): boolean {
  if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false;
  const keysOf = (value: object): (string | symbol)[] => [
    ...Object.keys(value),
    ...(strict
      ? Object.getOwnPropertySymbols(value).filter((key) =>
          Object.prototype.propertyIsEnumerable.call(value, key),
        )
      : []),
  ];
  const keys = keysOf(a);
  if (keys.length !== keysOf(b).length) return false;
  return keys.every(
    (key) =>
      Object.prototype.propertyIsEnumerable.call(b, key) &&
      same((a as Record<string | symbol, unknown>)[key], (b as Record<string | symbol, unknown>)[key]),
  );
}
