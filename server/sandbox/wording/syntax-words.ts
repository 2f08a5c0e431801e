/** Acorn says `Unexpected token`; V8 says which one. Where Acorn's words tell more than V8's, they stay. */

const SAME: readonly [acorn: RegExp, v8: string][] = [
  [/^Unexpected keyword '(.*)'$/, "Unexpected token '$1'"],
  [/^Unterminated template$/, 'Unterminated template literal'],
  [/^'super' keyword outside a method$/, "'super' keyword unexpected here"],
  [/^super\(\) call outside constructor of a subclass$/, "'super' keyword unexpected here"],
  [/^'with' in strict mode$/, 'Strict mode code may not include a with statement'],
  [/^Unsyntactic break$/, 'Illegal break statement'],
  [/^Unsyntactic continue$/, 'Illegal continue statement: no surrounding iteration statement'],
  [/^Assigning to rvalue$/, 'Invalid left-hand side in assignment'],
  [/^'return' outside of function$/, 'Illegal return statement'],
  [/^Deleting local variable in strict mode$/, 'Delete of an unqualified identifier in strict mode.'],
  [
    /^'import' and 'export' may appear only with 'sourceType: module'$/,
    'Cannot use import statement outside a module',
  ],
  [
    /^Cannot use keyword 'await' outside an async function$/,
    'await is only valid in async functions and the top level bodies of modules',
  ],
];

const AWAIT = 'await is only valid in async functions and the top level bodies of modules';
const KEYWORD =
  /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with)$/;
const PUNCTUATOR =
  /^(?:>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|.)/su;

export function syntaxWords(message: string, source: string, at: number): string {
  for (const [acorn, v8] of SAME) if (acorn.test(message)) return message.replace(acorn, v8);
  if (message !== 'Unexpected token') return message;
  const before = withoutComments(source.slice(0, at));
  if (/\bconst\s+[\w$]+$/.test(before)) return 'Missing initializer in const declaration';
  if (/(?:^|[^.\w$])await$/.test(before) && !/^[=;,)\]}.]/.test(source.slice(at))) return AWAIT;
  const token = tokenAt(source.slice(at));
  return isAfterArgument(before, token) ? 'missing ) after argument list' : token;
}

function tokenAt(rest: string): string {
  if (withoutComments(rest).trim() === '') return 'Unexpected end of input';
  const word = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(rest)?.[0];
  if (word !== undefined)
    return KEYWORD.test(word) ? `Unexpected token '${word}'` : `Unexpected identifier '${word}'`;
  if (/^\.?\d/.test(rest)) return 'Unexpected number';
  if (/^["']/.test(rest)) return 'Unexpected string';
  if (rest.startsWith('`')) return 'Unexpected template string';
  return `Unexpected token '${PUNCTUATOR.exec(rest)?.[0] ?? ''}'`;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ').trimEnd();
}

/** A value stands where a comma or the end of a call's arguments should come. */
function isAfterArgument(before: string, token: string): boolean {
  if (token === 'Unexpected end of input' || !/[\w$)\]}'"`]$/.test(before)) return false;
  const open = openBracket(before);
  if (open === undefined || before[open] !== '(') return false;
  const callee = /([\w$]+|[)\]])\s*$/.exec(before.slice(0, open))?.[1];
  return callee !== undefined && !/^(?:if|for|while|switch|catch|with|function|await)$/.test(callee);
}

/** Offset of the innermost bracket that is still open; strings are passed over. */
function openBracket(before: string): number | undefined {
  const open: number[] = [];
  for (const { 0: piece, index } of before.matchAll(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[()[\]{}]/gs,
  )) {
    if (/^[([{]$/.test(piece)) open.push(index);
    else if (piece.length === 1) open.pop();
  }
  return open.at(-1);
}
