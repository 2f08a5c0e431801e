/**
 * Chooses among TypeScript's complaints. It was made for programs with types: of a learner's JavaScript
 * it says a hundred things that are no mistakes. Kept are those that go wrong when the line runs.
 */
import type ts from 'typescript';
import type { Mistake } from './problem.ts';

export type Side = 'browser' | 'server';

type Kind = Mistake['kind'];

/** TypeScript's `diagnosticMessages.json`, by code. */
const KINDS: Record<number, Kind> = {
  // Property '{0}' does not exist on type '{1}'. Did you mean '{2}'?
  2551: 'misspelt',
  // '{0}' has no exported member named '{1}'. Did you mean '{2}'?
  2724: 'misspelt',
  // Cannot find name '{0}'. Did you mean '{1}'?
  2552: 'misspelt',
  // Property '{0}' does not exist on type '{1}'.
  2339: 'missing',
  // Module '{0}' has no exported member '{1}'.
  2305: 'missing',
  // Cannot find name '{0}'.
  2304: 'unknown',
  // … Do you need to change your target library? Try changing the 'lib' compiler option to include 'dom'.
  2584: 'browser-only',
  // … Do you need to install type definitions for node? (two forms)
  2580: 'server-only',
  2591: 'server-only',
  // Cannot find module '{0}' or its corresponding type declarations.
  2307: 'no-module',
  // Cannot assign to '{0}' because it is a constant.
  2588: 'constant',
};

/** What a complaint is called here; null for what is left unsaid. */
export function mistakeOf(
  { code, start, length, messageText }: ts.Diagnostic,
  source: ts.SourceFile,
  side: Side,
  intended: ReadonlySet<string>,
): Mistake | null {
  const kind = KINDS[code];
  if (!kind || start === undefined || length === undefined) return null;
  const message = typeof messageText === 'string' ? messageText : messageText.messageText;
  const name = source.text.slice(start, start + length).replace(/^['"`](.*)['"`]$/, '$1');
  const mistake: Mistake = { kind, start, length, name };
  if (kind === 'no-module') {
    // Which other files there are is known better when the lab runs.
    if (/^[./]/.test(name)) return null;
    if (side === 'server') return mistake;
    const isRequired = /\brequire\s*\(\s*$/.test(source.text.slice(0, start));
    return isRequired ? { ...mistake, kind: 'server-only', name: 'require' } : null;
  }
  if (kind === 'constant') return mistake;
  if (intended.has(name)) return null;
  // Scripts of index.html give the page names of their own.
  if (kind === 'unknown') return side === 'server' ? mistake : null;
  if (kind === 'misspelt')
    return { ...mistake, suggestion: /Did you mean(?: to \w+)? '([^']+)'/.exec(message)?.[1] };
  if (kind === 'missing') {
    // Of other types a learner may know more than TypeScript does: which element an id belongs to.
    const module = /(?:type 'typeof import\(|^Module ')"(?:node:)?([^"]+)"/.exec(message)?.[1];
    return module === undefined ? null : { ...mistake, module };
  }
  return mistake;
}

/**
 * Names that the file gives to members, or asks for before it uses them: `ws.isAlive = true`,
 * `if (window.ActiveXObject)`, `typeof name`, `a.x || b.x`. They are no slips of the pen.
 */
export function intendedNames(source: ts.SourceFile, api: typeof ts): Set<string> {
  const names = new Set<string>();
  const add = (node: ts.Node) => {
    if (api.isParenthesizedExpression(node)) add(node.expression);
    else if (api.isPropertyAccessExpression(node)) names.add(node.name.text);
    else if (api.isIdentifier(node)) names.add(node.text);
  };
  const { SyntaxKind } = api;
  const tests = new Set([
    SyntaxKind.BarBarToken,
    SyntaxKind.AmpersandAmpersandToken,
    SyntaxKind.QuestionQuestionToken,
    SyntaxKind.EqualsEqualsToken,
    SyntaxKind.EqualsEqualsEqualsToken,
    SyntaxKind.ExclamationEqualsToken,
    SyntaxKind.ExclamationEqualsEqualsToken,
  ]);
  const visit = (node: ts.Node): void => {
    if (api.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      const assigns = kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
      if (assigns || tests.has(kind)) add(node.left);
      if (tests.has(kind)) add(node.right);
    } else if (api.isIfStatement(node) || api.isWhileStatement(node)) add(node.expression);
    else if (api.isConditionalExpression(node)) add(node.condition);
    else if (api.isTypeOfExpression(node)) add(node.expression);
    else if (api.isPrefixUnaryExpression(node)) add(node.operand);
    else if (api.isDeleteExpression(node)) add(node.expression);
    api.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
