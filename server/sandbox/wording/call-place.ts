/** Where a call is written, as V8 tells it: at the method's name, at `new`, at the parenthesis of `f()()`. */
import type { CallExpression, NewExpression, Node } from 'acorn';
import { lastName } from './expression.ts';
import { around, offsetOf, type Place, placeOf, type Source } from './source.ts';

export type Call = CallExpression | NewExpression;

export function isCall(node: Node): node is Call {
  return node.type === 'CallExpression' || node.type === 'NewExpression';
}

export function callOffset(call: Call, text: string): number {
  const { callee } = call;
  if (call.type === 'NewExpression') return call.start;
  if (callee.type === 'Identifier' || callee.type === 'Super') return callee.start;
  if (callee.type === 'MemberExpression' && !callee.computed) return callee.property.start;
  const open = text.indexOf('(', callee.end);
  return open < 0 ? callee.start : open;
}

/** The place of a frame: of the call of `callee` around the engine's place, else of the innermost call. */
export function frameAt({ script, text }: Source, at: Place, callee: string): Place | undefined {
  const offset = offsetOf(text, at);
  const calls = around(script.program, offset).filter(isCall);
  const named = calls.find((call) => lastName(call.callee) === callee);
  const found = named ?? calls[0];
  return found && placeOf(text, callOffset(found, text));
}
