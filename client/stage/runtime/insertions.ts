import type { PageWindow } from './page-window.ts';
import { replaceAccessor, replaceMethod } from './wrap.ts';

type Methods = Record<string, unknown>;

/** Elements whose `src` the browser asks for. */
const TAGS = 'script, iframe, frame, img';
const SOURCES = ['HTMLScriptElement', 'HTMLIFrameElement', 'HTMLFrameElement', 'HTMLImageElement'];
/** Methods that put nodes into a tree, by what has them. */
const INSERTING: Record<string, readonly string[]> = {
  Node: ['appendChild', 'insertBefore', 'replaceChild'],
  Element: [
    'append',
    'prepend',
    'replaceChildren',
    'before',
    'after',
    'replaceWith',
    'insertAdjacentElement',
  ],
  Document: ['append', 'prepend', 'replaceChildren'],
  DocumentFragment: ['append', 'prepend', 'replaceChildren'],
  CharacterData: ['before', 'after', 'replaceWith'],
};

/**
 * Calls `found` with elements that have or may have a `src`: put into the document by code or by the parser, or given
 * another address; at once where code did it, otherwise before the next task. `again`: a `src` was set, also an equal one.
 */
export function watchInsertions(page: PageWindow, found: (element: Element, again: boolean) => void): void {
  const globals = page as object as Record<string, { prototype: Methods } | undefined>;
  const isElement = (node: unknown): node is Element => node instanceof page.Element;

  function visit(node: unknown): void {
    if (!isElement(node)) return;
    if (node.matches(TAGS)) found(node, false);
    if (node.firstElementChild) for (const inner of node.querySelectorAll(TAGS)) found(inner, false);
  }

  for (const [owner, names] of Object.entries(INSERTING)) {
    for (const name of names) {
      const prototype = globals[owner]?.prototype;
      if (prototype) replaceMethod(prototype, name, inserting);
    }
  }

  function inserting(original: (this: never, ...args: never[]) => unknown) {
    return {
      insert(this: unknown, ...args: unknown[]) {
        // A fragment is empty afterwards.
        const nodes = args.flatMap((node) =>
          node instanceof page.DocumentFragment ? [...node.children] : [node],
        );
        const result = Reflect.apply(original, this as never, args as never[]);
        for (const node of nodes) visit(node);
        return result;
      },
    }.insert;
  }

  for (const name of SOURCES) {
    const prototype = globals[name]?.prototype;
    if (!prototype) continue;
    replaceAccessor(prototype, 'src', {
      set: (original) =>
        ({
          set(this: Element, value: unknown) {
            Reflect.apply(original, this, [value]);
            found(this, true);
          },
        }).set,
    });
  }
  replaceMethod(page.Element.prototype, 'setAttribute', (original) => {
    return {
      setAttribute(this: Element, ...args: unknown[]) {
        const result = Reflect.apply(original, this, args);
        if (String(args[0]).toLowerCase() === 'src' && this.matches(TAGS)) found(this, true);
        return result;
      },
    }.setAttribute;
  });

  const observer = new page.MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') visit(target);
      else for (const node of addedNodes) visit(node);
    }
  });
  observer.observe(page.document, { childList: true, subtree: true, attributeFilter: ['src'] });
}
