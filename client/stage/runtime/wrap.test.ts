import { afterAll, describe, expect, it } from 'vitest';
import { disguiseToString, replaceAccessor, replaceConstructor, replaceMethod } from './wrap.ts';

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

  it('may be constructors, which keep prototype, static members and subclasses', () => {
    class Plain {
      static readonly OPEN = 1;
      readonly given: unknown;
      constructor(given: unknown) {
        this.given = given;
      }
    }
    const owner = { Plain };
    const made: unknown[] = [];
    replaceConstructor(owner, 'Plain', (make: (args: unknown[]) => Plain, args) => {
      const object = make([`${String(args[0])}!`]);
      made.push(object);
      return object;
    });
    class Derived extends owner.Plain {}
    const derived = new Derived('a');
    expect(derived.given).toBe('a!');
    expect(made).toEqual([derived]);
    expect(derived instanceof Derived && derived instanceof owner.Plain && derived instanceof Plain).toBe(
      true,
    );
    expect(new owner.Plain('b').constructor).toBe(owner.Plain);
    expect([owner.Plain.OPEN, owner.Plain.name, owner.Plain.length]).toEqual([1, 'Plain', 1]);
    expect(() => (owner.Plain as unknown as () => void)()).toThrow(TypeError);
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
    disguiseToString(globalThis);
    expect(String(owner.now)).toBe('function now() { [native code] }');
    expect(String(Function.prototype.toString)).toBe('function toString() { [native code] }');
    expect(() => Function.prototype.toString.call({})).toThrow(TypeError);
  });
});
