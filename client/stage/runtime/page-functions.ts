/**
 * Which functions of the page are called by the script of an answer (JSONP), or by a document in a frame (forever
 * frame). Their bytes are not touched: as long as such an answer may call, the page's functions are stood in for by
 * proxies, which look who is running. What is `let` or `const` at the top of a script is out of reach.
 */
import type { PageWindow } from './page-window.ts';
import { standIn } from './wrap.ts';

export interface Caller {
  /** Whose functions it can call. */
  pages: readonly PageWindow[];
  /** Names of functions that its address has: they are looked for in depth. */
  names: readonly string[];
  /** A script of it is running now. */
  isRunning(): boolean;
  called(callee: string): void;
}

export interface PageFunctions {
  /** Remembers what the window has before any of the learner's scripts. */
  know(page: PageWindow): void;
  /** From now on its calls are told; returns what ends that. */
  watch(caller: Caller): () => void;
}

type Holder = Record<string, unknown>;

/** A name that a callback can have in a query: `jsonp1`, `app.receive`. */
export const CALLABLE = /^[a-z_$][\w$]*(\.[a-z_$][\w$]*){0,4}$/i;

export function createPageFunctions(): PageFunctions {
  const native = new WeakMap<object, ReadonlySet<string>>();
  const callers = new Set<Caller>();
  let stoodIn: { holder: Holder; key: string; original: unknown; proxy: unknown }[] = [];
  const proxies = new WeakSet<object>();

  function standFor(holder: Holder, key: string, callee: string): void {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    const original: unknown = descriptor?.value;
    if (typeof original !== 'function' || !descriptor!.writable || proxies.has(original)) return;
    const proxy = standIn(original as (this: never, ...args: never[]) => unknown, () => {
      for (const caller of callers) if (caller.isRunning()) return caller.called(callee);
    });
    proxies.add(proxy);
    holder[key] = proxy;
    stoodIn.push({ holder, key, original, proxy });
  }

  function standForAll(page: PageWindow, names: readonly string[]): void {
    const globals = page as object as Holder;
    const known = native.get(page.Function);
    for (const key of Object.keys(globals)) {
      if (known?.has(key)) continue;
      standFor(globals, key, key);
      const value = Object.getOwnPropertyDescriptor(globals, key)?.value as unknown;
      if (isPlain(value, page))
        for (const member of Object.keys(value)) standFor(value, member, `${key}.${member}`);
    }
    for (const name of names) {
      const path = name.split('.');
      const last = path.pop()!;
      let holder: unknown = globals;
      for (const part of path) holder = isHolder(holder) ? holder[part] : undefined;
      if (isHolder(holder)) standFor(holder, last, name);
    }
  }

  return {
    // The window proxy stays when the frame gets another document, its functions do not.
    know: (page) => void native.set(page.Function, new Set(Object.keys(page))),
    watch(caller) {
      callers.add(caller);
      const look = (): void => {
        if (callers.has(caller)) for (const page of caller.pages) standForAll(page, caller.names);
      };
      look();
      // Some code puts the script in first and defines its function then.
      void settled.then(look);
      return () => {
        callers.delete(caller);
        if (callers.size > 0) return;
        for (const { holder, key, original, proxy } of stoodIn)
          if (holder[key] === proxy) holder[key] = original;
        stoodIn = [];
      };
    },
  };
}

/** Made while there is a Promise: an emulated browser has none. */
const settled = Promise.resolve();

function isHolder(value: unknown): value is Holder {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isPlain(value: unknown, page: PageWindow): value is Holder {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === page.Object.prototype
  );
}
