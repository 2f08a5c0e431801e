/**
 * A parsed script and a place in it: what lies around the place, in the same function.
 *
 * The engine notes a place at every name it reads and forgets where the operation itself is written, so an
 * error's place is a name *inside* the call, the access or the assignment that failed.
 */
import type { Node } from 'acorn';
import type { Script } from '../syntax.ts';

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassDeclaration',
  'ClassExpression',
]);

export interface Source {
  script: Script;
  text: string;
}

/** Lines and columns from 1, columns in UTF-16 code units. */
export interface Place {
  line: number;
  column: number;
}

export function offsetOf(text: string, { line, column }: Place): number {
  let start = 0;
  for (let passed = 1; passed < line; passed++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return Math.min(text.length, start + column - 1);
}

export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - start + 1 };
}

/** Nodes around an offset within its function, the innermost first; the function itself comes last. */
export function around(program: Node, offset: number): Node[] {
  let path: Node[] = [program];
  for (let node: Node | undefined = program; node;) {
    const inside: Node[] = children(node).filter(({ start, end }) => start <= offset && offset <= end);
    node = inside.find(({ end }) => offset < end) ?? inside[0];
    if (!node) break;
    // At its very start the place is where the function was made, not one inside it.
    if (FUNCTIONS.has(node.type)) {
      if (offset === node.start) break;
      path = [];
    }
    path.unshift(node);
  }
  return path;
}

/** The innermost function that begins at an offset. */
export function functionAt(program: Node, offset: number): Node | undefined {
  let found: Node | undefined;
  for (let node: Node | undefined = program; node;) {
    if (node.start === offset && FUNCTIONS.has(node.type) && !node.type.startsWith('Class')) found = node;
    node = children(node).find(({ start, end }) => start <= offset && offset < end);
  }
  return found;
}

/** All nodes of a function (or the program) in the order of the text, without those of functions inside it. */
export function within(scope: Node): Node[] {
  const found: Node[] = [];
  const enter = (node: Node): void => {
    found.push(node);
    for (const child of children(node)) if (!FUNCTIONS.has(child.type)) enter(child);
  };
  enter(scope);
  return found;
}

/** As `within`, with those of functions inside it. */
export function all(scope: Node): Node[] {
  const found: Node[] = [];
  const enter = (node: Node): void => {
    found.push(node);
    for (const child of children(node)) enter(child);
  };
  enter(scope);
  return found;
}

export function children(node: Node): Node[] {
  const found: Node[] = [];
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as Node).type === 'string')
        found.push(child as Node);
    }
  }
  return found;
}
