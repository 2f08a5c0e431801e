/**
 * Which of several calls around a place cannot be the one that failed.
 *
 * `res.send(render(item))` fails with "not a function" and the place of `item`: both calls are possible. One
 * whose function is declared in the script, or belongs to the language, is not to blame.
 */
import type { Node, Program } from 'acorn';
import { expressionText } from './expression.ts';
import { children } from './source.ts';

const LANGUAGE =
  /^(?:JSON\.(?:parse|stringify)|Math\.\w+|Object\.(?:keys|values|entries|assign|freeze|fromEntries|create)|Array\.(?:from|isArray|of)|Number|String|Boolean|BigInt|Symbol|parseInt|parseFloat|isNaN|Number\.\w+|String\.\w+|Promise\.(?:all|race|any|allSettled|resolve|reject)|Date\.now|console\.(?:log|error|warn|info|debug|table|dir)|(?:set|clear)(?:Timeout|Interval|Immediate)|require|structuredClone|queueMicrotask|(?:en|de)codeURI(?:Component)?|Buffer\.(?:from|alloc|concat|byteLength|isBuffer)|process\.(?:on|nextTick|exit))$/;

const VALUES = new Set(['FunctionExpression', 'ArrowFunctionExpression', 'ClassExpression']);
type Named = Node & { name?: string };

const declared = new WeakMap<Program, Set<string>>();

export function isKnownCallee(callee: Node, program: Program): boolean {
  const text = expressionText(callee);
  if (LANGUAGE.test(text)) return true;
  return functionsOf(program).has(text);
}

/** Names that are a function wherever the script says them, unless it assigns to them. */
function functionsOf(program: Program): Set<string> {
  const known = declared.get(program);
  if (known) return known;
  const names = new Set<string>();
  const others = new Set<string>();
  const enter = (node: Node): void => {
    const { type, id, init, left } = node as Node & { id?: Named; init?: Node; left?: Named };
    if ((type === 'FunctionDeclaration' || type === 'ClassDeclaration') && id?.name) names.add(id.name);
    else if (type === 'VariableDeclarator' && id?.name)
      (init && VALUES.has(init.type) ? names : others).add(id.name);
    else if (type === 'AssignmentExpression' && left?.name) others.add(left.name);
    for (const child of children(node)) enter(child);
  };
  enter(program);
  for (const name of others) names.delete(name);
  declared.set(program, names);
  return names;
}
