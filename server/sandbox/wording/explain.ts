/**
 * QuickJS says `not a function` and `value is not iterable`, and where it read a name last; V8 names the
 * expression and its place. Both can be read off the script.
 *
 * In: a script, the engine's words and place. Out: V8's words and place, as far as the script tells them.
 * Knows nothing of the engine and of values: where V8 prints a value, the expression stands here.
 */
import type { AssignmentExpression, BinaryExpression, MemberExpression, Node } from 'acorn';
import { callOffset, frameAt, isCall } from './call-place.ts';
import { expressionText } from './expression.ts';
import { isKnownCallee } from './known-callees.ts';
import { nativeWords } from './native.ts';
import { all, around, functionAt, offsetOf, type Place, placeOf, type Source } from './source.ts';

export interface EngineError {
  message: string;
  at: Place;
  /** The built-in function that threw; empty when the script itself did. */
  native: string;
  /** The learner's function the engine was in, for errors that its call is to blame for. */
  callee: string;
}

export interface Explained {
  message: string;
  at?: Place | undefined;
}

/** What is said instead, and the offset it is said of; undefined where the engine's words are kept. */
type Answer = { message: string; offset?: number | undefined } | undefined;

interface Asked extends Source {
  offset: number;
  /** Innermost first, within the function. */
  path: Node[];
  /** The function, or the program; one that begins at the place itself counts: the engine is at its parameters. */
  scope: Node;
}

type Rule = [pattern: RegExp, explain: (asked: Asked, match: RegExpExecArray, error: EngineError) => Answer];

const RULES: readonly Rule[] = [
  [/^not a (function|constructor)$/, notCallable],
  [
    /^cannot read property '(?:Symbol\.iterator|Symbol\.asyncIterator)' of (undefined|null)$/,
    (asked) => notIterable(asked),
  ],
  [/^value is not iterable$/, (asked) => notIterable(asked)],
  [/^cannot read property '(.*)' of (undefined|null)$/s, unreadable],
  [/^cannot set property '(.*)' of (undefined|null)$/s, unsettable],
  [/^Cannot convert undefined or null to object$/i, notDestructurable],
  [/^'(.*)' is read-only$/s, readOnly],
  [/^this is not initialized$/, superMissing],
  [
    /^(.*) is not initialized$/s,
    ({ offset }, [, name]) => ({ message: `Cannot access '${name}' before initialization`, offset }),
  ],
  [/ is not defined$/, ({ offset }, { input }) => ({ message: input, offset })],
  [
    /^class constructors must be invoked with 'new'$/,
    (_asked, _match, { callee }) => ({
      message: `Class constructor ${callee} cannot be invoked without 'new'`,
    }),
  ],
  [/^invalid 'in' operand$/, (asked) => operands(asked, 'in')],
  [/^invalid 'instanceof' right operand$/, (asked) => operands(asked, 'instanceof')],
  [
    /^operand 'prototype' property is not an object$/,
    () => ({ message: "Function has non-object prototype 'undefined' in instanceof check" }),
  ],
  [
    /^cannot convert BigInt to number$/i,
    (asked) => ({
      message: 'Cannot mix BigInt and other types, use explicit conversions',
      offset: operatorOffset(asked),
    }),
  ],
  [
    /^cannot convert symbol to string$/,
    (asked) => ({ message: 'Cannot convert a Symbol value to a string', offset: operatorOffset(asked) }),
  ],
  [/^cannot convert symbol to number$/, () => ({ message: 'Cannot convert a Symbol value to a number' })],
  [/^BigInt division by zero$/, (asked) => ({ message: 'Division by zero', offset: operatorOffset(asked) })],
  [/^object is not extensible$/, notExtensible],
  [/^could not delete property$/, notDeletable],
  [/^no setter for property$/, onlyGetter],
  [/^invalid array length$/, (asked) => ({ message: 'Invalid array length', offset: operatorOffset(asked) })],
];

export function explain(source: Source, error: EngineError): Explained | undefined {
  const { at, message, native } = error;
  const offset = offsetOf(source.text, at);
  const { program } = source.script;
  const path = around(program, offset);
  const asked: Asked = {
    ...source,
    offset,
    path,
    scope: functionAt(program, offset) ?? path.at(-1) ?? program,
  };
  const call = native === '' ? undefined : asked.path.find(isCall);
  const argument = call?.arguments[0];
  const words =
    native === ''
      ? undefined
      : nativeWords(message, native, argument ? expressionText(argument) : 'undefined');
  if (words !== undefined) return { message: words, at: frameAt(source, at, native) };
  for (const [pattern, explainBy] of RULES) {
    const match = pattern.exec(message);
    const answer = match && explainBy(asked, match, error);
    if (!answer) continue;
    const offset = answer.offset;
    return { message: answer.message, at: offset === undefined ? undefined : placeOf(source.text, offset) };
  }
  return undefined;
}

function notCallable(asked: Asked, [, what]: RegExpExecArray): Answer {
  const { path, script, text } = asked;
  const possible = path.filter(
    (node) => (isCall(node) && (what === 'function' || node.type === 'NewExpression')) || isTagged(node),
  );
  const called = (node: Node): Node => (isCall(node) ? node.callee : (node as Node & { tag: Node }).tag);
  const found = possible.find((node) => !isKnownCallee(called(node), script.program)) ?? possible[0];
  if (!found) return undefined;
  const name = expressionText(called(found));
  return {
    message: `${name} is not a ${found.type === 'NewExpression' ? 'constructor' : 'function'}`,
    offset: isCall(found) ? callOffset(found, text) : found.start,
  };
}

function isTagged(node: Node): boolean {
  return node.type === 'TaggedTemplateExpression';
}

function unreadable({ path, offset, scope, text }: Asked, [, name, empty]: RegExpExecArray): Answer {
  const members = path
    .filter((node): node is MemberExpression => node.type === 'MemberExpression')
    .filter(({ object }) => object.start <= offset && offset <= object.end);
  const found =
    members.find((member) => keyOf(member) === name) ??
    members.find(({ computed }) => computed) ??
    later(
      scope,
      offset,
      (node): node is MemberExpression =>
        node.type === 'MemberExpression' && keyOf(node as MemberExpression) === name,
    );
  return {
    message: `Cannot read properties of ${empty} (reading '${name}')`,
    offset: found && memberOffset(found, text),
  };
}

function unsettable(asked: Asked, [, name, empty]: RegExpExecArray): Answer {
  const found =
    assignment(asked, name) ??
    later(asked.scope, asked.offset, (node): node is AssignmentExpression => {
      const { type, left } = node as Node & { left?: Node };
      return (
        type === 'AssignmentExpression' &&
        left?.type === 'MemberExpression' &&
        keyOf(left as MemberExpression) === name
      );
    });
  return {
    message: `Cannot set properties of ${empty} (setting '${name}')`,
    offset: found && equalsOffset(found, asked.text),
  };
}

/**
 * A pattern is evaluated before what it takes apart is read, so it comes after the engine's place; functions
 * that begin after it are looked through too, for the place of an arrow function may be the call it is given to.
 */
function notDestructurable({ path, offset, scope, text }: Asked): Answer {
  if (path.some((node) => node.type === 'UnaryExpression')) return undefined;
  const nodes = all(scope);
  const index = nodes.findIndex((node) => node.type === 'ObjectPattern' && node.start >= offset);
  const pattern = nodes[index] as (Node & { properties: (Node & { key?: Node })[] }) | undefined;
  if (!pattern) return undefined;
  const owner = nodes
    .slice(0, index)
    .findLast((node) => node.start <= pattern.start && node.end >= pattern.end);
  const { init, right } = (owner ?? {}) as { init?: Node; right?: Node };
  const taken = owner?.type === 'ForOfStatement' ? undefined : (init ?? right);
  const value = taken ? text.slice(taken.start, taken.end) : 'undefined';
  const source = value.length > 40 ? '(intermediate value)' : value;
  const known = source === 'undefined' || source === 'null';
  const empty = known && taken ? source : 'undefined or null';
  const key = pattern.properties[0]?.key;
  const what = key ? `property '${text.slice(key.start, key.end)}' of ` : '';
  return {
    message: taken
      ? `Cannot destructure ${what}'${source}' as it is ${empty}.`
      : `Cannot destructure ${what}an argument or element as it is ${empty}.`,
    offset: key?.start ?? pattern.start,
  };
}

function notIterable({ path, offset, scope }: Asked): Answer {
  const loop = path.find((node) => node.type === 'ForOfStatement') as (Node & { right: Node }) | undefined;
  const spread = path.find((node) => node.type === 'SpreadElement') as
    (Node & { argument: Node }) | undefined;
  const inLoop = loop && loop.right.start <= offset && offset <= loop.right.end ? loop.right : undefined;
  let found = spread?.argument ?? inLoop;
  if (!found) {
    const nodes = all(scope).filter(({ start }) => start >= offset);
    for (const node of nodes) {
      const { type, id, init, left, right, argument } = node as Node & Record<string, Node | undefined>;
      if (type === 'VariableDeclarator' && id?.type === 'ArrayPattern') found = init;
      else if (type === 'AssignmentExpression' && left?.type === 'ArrayPattern') found = right;
      else if (type === 'SpreadElement') found = argument;
      else if (type === 'ForOfStatement') found = right;
      if (found) break;
    }
  }
  return found && { message: `${expressionText(found)} is not iterable`, offset: valueOffset(found) };
}

function readOnly(asked: Asked, [, name]: RegExpExecArray): Answer {
  const found = assignment(asked, name);
  if (found && found.left.type !== 'MemberExpression')
    return { message: 'Assignment to constant variable.', offset: equalsOffset(found, asked.text) };
  const update = asked.path.find((node) => node.type === 'UpdateExpression') as
    (Node & { argument: Node }) | undefined;
  if (!found && update?.argument.type === 'Identifier')
    return { message: 'Assignment to constant variable.', offset: update.start };
  const owner = found?.left.type === 'MemberExpression' ? ` of '${expressionText(found.left.object)}'` : '';
  return {
    message: `Cannot assign to read only property '${name}'${owner}`,
    offset: found && equalsOffset(found, asked.text),
  };
}

function superMissing(): Answer {
  return {
    message:
      "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
  };
}

function operands(asked: Asked, operator: 'in' | 'instanceof'): Answer {
  const found = binary(asked, operator);
  const offset = operatorOffset(asked);
  if (operator === 'instanceof')
    return { message: "Right-hand side of 'instanceof' is not callable", offset };
  if (!found) return { message: "Cannot use 'in' operator on a value that is no object", offset };
  const [left, right] = [expressionText(found.left), expressionText(found.right)];
  return {
    message: `Cannot use 'in' operator to search for ${left.replaceAll('"', "'")} in ${right.replaceAll('"', '')}`,
    offset,
  };
}

function notExtensible(asked: Asked): Answer {
  const found = assignment(asked);
  const name = found?.left.type === 'MemberExpression' ? keyOf(found.left) : undefined;
  return {
    message: `Cannot add property${name === undefined ? '' : ` ${name}`}, object is not extensible`,
    offset: found && equalsOffset(found, asked.text),
  };
}

function notDeletable({ path }: Asked): Answer {
  const found = path.find((node) => node.type === 'UnaryExpression') as
    (Node & { argument: Node }) | undefined;
  const member =
    found?.argument.type === 'MemberExpression' ? (found.argument as MemberExpression) : undefined;
  const name = member && keyOf(member);
  return {
    message: name === undefined ? 'Cannot delete property' : `Cannot delete property '${name}' of #<Object>`,
    offset: found?.argument.start,
  };
}

function onlyGetter(asked: Asked): Answer {
  const found = assignment(asked);
  const name = found?.left.type === 'MemberExpression' ? keyOf(found.left) : undefined;
  return {
    message: `Cannot set property ${name ?? ''} of #<Object> which has only a getter`,
    offset: found && equalsOffset(found, asked.text),
  };
}

/** The first such node after the place, for what begins without a name the engine would note. */
function later<T extends Node>(scope: Node, offset: number, is: (node: Node) => node is T): T | undefined {
  return all(scope).find((node): node is T => node.start >= offset && is(node));
}

/** The assignment around the place, to a member or variable of that name. */
function assignment({ path }: Asked, name?: string): AssignmentExpression | undefined {
  const all = path.filter((node): node is AssignmentExpression => node.type === 'AssignmentExpression');
  const named = (node: AssignmentExpression): boolean =>
    node.left.type === 'MemberExpression'
      ? keyOf(node.left) === name
      : node.left.type === 'Identifier' && node.left.name === name;
  return name === undefined ? all[0] : (all.find(named) ?? all[0]);
}

function binary({ path }: Asked, operator?: string): BinaryExpression | undefined {
  return path
    .filter((node): node is BinaryExpression => node.type === 'BinaryExpression')
    .find((node) => operator === undefined || node.operator === operator);
}

function operatorOffset(asked: Asked): number | undefined {
  const found = binary(asked);
  if (!found) return undefined;
  const at = asked.text.indexOf(found.operator, found.left.end);
  return at < 0 ? undefined : at;
}

function equalsOffset({ left, operator }: AssignmentExpression, text: string): number | undefined {
  const at = text.indexOf(operator, left.end);
  return at < 0 ? undefined : at;
}

/** V8 points at the last name of what is read. */
function valueOffset(node: Node): number {
  return node.type === 'MemberExpression' && !(node as MemberExpression).computed
    ? (node as MemberExpression).property.start
    : node.start;
}

/** V8 points at the name, or at the bracket. */
function memberOffset({ object, property, computed }: MemberExpression, text: string): number {
  if (!computed) return property.start;
  const bracket = text.indexOf('[', object.end);
  return bracket < 0 ? property.start : bracket;
}

function keyOf({ property, computed }: MemberExpression): string | undefined {
  if (property.type === 'Literal') return String(property.value);
  if (computed) return undefined;
  return property.type === 'PrivateIdentifier'
    ? `#${property.name}`
    : property.type === 'Identifier'
      ? property.name
      : undefined;
}
