/** The call that a stack overflow most likely comes from; the engine has no stack left to tell it. */
import type { Node } from 'acorn';
import type { SourcePosition } from '../../errors/protocol.ts';
import { callOffset, isCall } from './call-place.ts';
import { expressionText } from './expression.ts';
import { children, placeOf, type Source, within } from './source.ts';

/** Where the only function that calls itself does so; undefined when there are none or several. */
export function recursionAt(sources: ReadonlyMap<string, Source>): SourcePosition | undefined {
  const found: SourcePosition[] = [];
  for (const [file, { script, text }] of sources) {
    for (const offset of recursions(script.program, text)) found.push({ file, ...placeOf(text, offset) });
  }
  return found.length === 1 ? found[0] : undefined;
}

type Named = Node & { name?: string };

function recursions(program: Node, text: string): number[] {
  const offsets: number[] = [];
  const enter = (node: Node): void => {
    const { type, id, init, key, value, kind } = node as Node &
      Record<'id' | 'init' | 'key' | 'value', Named | undefined> & { kind?: string };
    if (type === 'FunctionDeclaration' || type === 'FunctionExpression') add(node, id?.name);
    else if (type === 'VariableDeclarator' && init && 'body' in init) add(init, id?.name);
    else if ((type === 'MethodDefinition' || type === 'Property') && value && 'body' in value && key?.name)
      add(value, `this.${key.name}`, kind === 'get' || kind === 'set');
    for (const child of children(node)) enter(child);
  };
  /** `accessor`: reading or setting the name is already a call. */
  const add = (fn: Node, name: string | undefined, accessor = false): void => {
    if (name === undefined) return;
    const body = (fn as Node & { body: Node }).body;
    for (const node of within(body)) {
      if (isCall(node) && expressionText(node.callee) === name) offsets.push(callOffset(node, text));
      else if (accessor && node.type === 'MemberExpression' && expressionText(node) === name)
        offsets.push((node as Node & { property: Node }).property.start);
      else continue;
      return;
    }
  };
  enter(program);
  return offsets;
}
