import { afterAll, describe, expect, it } from 'vitest';
import { disguiseToString, replaceAccessor, replaceMethod } from './wrap.ts';

const toString = Object.getOwnPropertyDescriptor(Function.prototype, 'toString')!;
afterAll(() => void Object.defineProperty(Function.prototype, 'toString', toString));

class Owner {
  count = 1;
  add(a: number, _b: number): number {
    return this.count + a;
  }
  get double(): number {
    return this.count * 2;
  }
}

describe('wrapped functions', () => {
  it('keep name, length, descriptor and result', () => {
    const before = Object.getOwnPropertyDescriptor(Owner.prototype, 'add')!;
    replaceMethod(Owner.prototype, 'add', (original) => {
      return {
        add(this: Owner, ...args: unknown[]) {
          return (Reflect.apply(original, this, args) as number) + 100;
        },
      }.add;
    });
    const { value, ...after } = Object.getOwnPropertyDescriptor(Owner.prototype, 'add')!;
    const { value: original, ...flags } = before;
    expect(after).toEqual(flags);
    expect([value.name, value.length]).toEqual([original.name, original.length]);
    expect('prototype' in value).toBe(false);
    expect(new Owner().add(1, 0)).toBe(102);
  });

  it('may be getters', () => {
    replaceAccessor(Owner.prototype, 'double', {
      get: (original) =>
        ({
          get(this: Owner) {
            return -(Reflect.apply(original, this, []) as number);
          },
        }).get,
    });
    expect(new Owner().double).toBe(-2);
  });

  it('leave alone what does not exist', () => {
    const owner: Record<string, unknown> = {};
    replaceMethod(owner, 'missing', () => () => 1);
    replaceAccessor(owner, 'missing', {});
    expect(Object.keys(owner)).toEqual([]);
  });

  it('print as what they stand for', () => {
    const owner = { now: Date.now };
    replaceMethod(owner, 'now', () => () => 0);
    disguiseToString();
    expect(String(owner.now)).toBe('function now() { [native code] }');
    expect(String(Function.prototype.toString)).toBe('function toString() { [native code] }');
    expect(() => Function.prototype.toString.call({})).toThrow(TypeError);
  });
});
