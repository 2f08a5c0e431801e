/**
 * Places in a learner's script that the engine tells only roughly: the loop it was stopped in, the call
 * it was in the middle of, the import that found nothing.
 *
 * In: parsed scripts and the engine's positions. Out: positions as V8 and editors would give them.
 */
import type { Node, Program } from 'acorn';
import type { SourcePosition } from '../errors/protocol.ts';
import type { Script } from './syntax.ts';

/** Where a script imports `specifier`. */
export function importPosition(
  file: string,
  script: Script | undefined,
  specifier: string,
): SourcePosition | undefined {
  for (const statement of script?.program.body ?? []) {
    const source = 'source' in statement ? statement.source : undefined;
    if (source && source.value === specifier && source.loc) {
      return { file, ...editorPlace(source.loc.start) };
    }
  }
  return undefined;
}

/** Where a module imports `name` from another. */
export function importedNamePosition(file: string, script: Script, name: string): SourcePosition | undefined {
  for (const statement of script.program.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    for (const specifier of statement.specifiers) {
      if (specifier.type !== 'ImportSpecifier' || specifier.imported.type !== 'Identifier') continue;
      if (specifier.imported.name === name && specifier.loc)
        return { file, ...editorPlace(specifier.loc.start) };
    }
  }
  return undefined;
}

/**
 * The call of `method` around a place. The engine tells where it last evaluated an argument; V8 and this
 * function tell where the method's name is written.
 */
export function callAt(
  script: Script | undefined,
  at: SourcePosition,
  method: string,
): SourcePosition | undefined {
  if (!script) return undefined;
  let found: Node | undefined;
  visit(script.program, (node) => {
    if (node.type === 'CallExpression' && contains(node, at))
      found = calledName(node as CallNode, method) ?? found;
    return contains(node, at);
  });
  return found?.loc ? { file: at.file, ...editorPlace(found.loc.start) } : undefined;
}

interface CallNode extends Node {
  callee: Node & { name?: string; property?: Node & { name?: string } };
}

function calledName({ callee }: CallNode, method: string): Node | undefined {
  const name = callee.property ?? callee;
  return name.name === method ? name : undefined;
}

/** Acorn counts columns from 0. */
function editorPlace({ line, column }: { line: number; column: number }): { line: number; column: number } {
  return { line, column: column + 1 };
}

const LOOPS = new Set([
  'ForStatement',
  'WhileStatement',
  'DoWhileStatement',
  'ForOfStatement',
  'ForInStatement',
]);
const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'Program',
]);

/**
 * The loop that an interrupted program was in. The engine tells the last call it made, or where the
 * function begins (of an anonymous one only the statement around it). So: a loop around that place, else
 * one of a function that begins there, else one of the function the place is in; endless ones first.
 */
export function loopAt(file: string, script: Script | undefined, at: SourcePosition): SourcePosition {
  if (!script) return at;
  const scope = innermostFunction(script.program, at);
  const loops = loopsOf(scope);
  const around = loops.filter((loop) => contains(loop, at));
  const near = [...functionsFrom(script.program, at).flatMap(loopsOf), ...loops];
  const loop = around.find(isEndless) ?? around.at(-1) ?? near.find(isEndless) ?? near[0];
  return loop?.loc ? { file, ...editorPlace(loop.loc.start) } : at;
}

/** Functions that begin on the line of a place, at or after it. */
function functionsFrom(program: Program, { line, column }: SourcePosition): Node[] {
  const found: Node[] = [];
  visit(program, (node) => {
    const start = node.loc?.start;
    const begins = start?.line === line && start.column + 1 >= column;
    if (begins && node !== program && FUNCTIONS.has(node.type)) found.push(node);
    return true;
  });
  return found;
}

function innermostFunction(program: Program, at: SourcePosition): Node {
  let found: Node = program;
  visit(program, (node) => {
    if (FUNCTIONS.has(node.type) && contains(node, at)) found = node;
    return true;
  });
  return found;
}

function loopsOf(scope: Node): Node[] {
  const loops: Node[] = [];
  visit(scope, (node) => {
    if (LOOPS.has(node.type)) loops.push(node);
    return node === scope || !FUNCTIONS.has(node.type);
  });
  return loops;
}

/** `while (true)`, `for (;;)` and their kind. */
function isEndless(node: Node & { test?: (Node & { value?: unknown }) | null }): boolean {
  if (!['ForStatement', 'WhileStatement', 'DoWhileStatement'].includes(node.type)) return false;
  return !node.test || (node.test.type === 'Literal' && Boolean(node.test.value));
}

function contains(node: Node, { line, column }: SourcePosition): boolean {
  if (!node.loc) return false;
  const { start, end } = node.loc;
  const after = line > start.line || (line === start.line && column - 1 >= start.column);
  const before = line < end.line || (line === end.line && column - 1 <= end.column);
  return after && before;
}

/** Walks all children in source order; `enter` answers whether to go deeper. */
function visit(node: Node, enter: (node: Node) => boolean): void {
  if (!enter(node)) return;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as Node).type === 'string')
        visit(child as Node, enter);
    }
  }
}
