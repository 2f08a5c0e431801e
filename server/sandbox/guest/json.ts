/** `JSON.parse` with V8's words for bad JSON, which quote the text. */

const nativeParse = JSON.parse;
/** V8 quotes shorter texts whole, of longer ones this much on either side. */
const CONTEXT = 10;

type Reviver = (this: unknown, key: string, value: unknown) => unknown;

function parse(text: unknown, reviver?: Reviver): unknown {
  try {
    return nativeParse(text as string, reviver);
  } catch (error) {
    const words = error instanceof SyntaxError ? wordsFor(error.message, text) : undefined;
    if (words === undefined) throw error;
    const better = error as SyntaxError;
    better.message = words;
    Error.captureStackTrace(better, parse);
    throw better;
  }
}

/** The engine's own words are V8's but for these. */
function wordsFor(message: string, given: unknown): string | undefined {
  const text = String(given);
  if (message === 'Unexpected end of JSON input' && text[firstBadToken(text)] === '"')
    return `Unterminated string in JSON at position ${text.length}`;
  const extra = /^unexpected data at the end$/.test(message);
  if (!extra && !message.startsWith('unexpected token')) return undefined;
  if (typeof given !== 'string' && !extra) return `"${text}" is not valid JSON`;
  const at = firstBadToken(text);
  if (at >= text.length) return 'Unexpected end of JSON input';
  if (extra) return `Unexpected non-whitespace character after JSON at position ${at}`;
  return `Unexpected token '${String.fromCodePoint(text.codePointAt(at)!)}', ${quoted(text, at)} is not valid JSON`;
}

const TOKEN = /[\s]*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b|[[\]{},:])/y;

/** Offset of the first thing that no JSON has at its place. */
function firstBadToken(text: string): number {
  let depth = 0;
  TOKEN.lastIndex = 0;
  for (let at = 0; ;) {
    const match = TOKEN.exec(text);
    const start = at + /^\s*/.exec(text.slice(at))![0].length;
    if (!match) return start + sharedWord(text.slice(start));
    const token = match[1]!;
    if (depth === 0 && at > 0) return start;
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    at = TOKEN.lastIndex;
  }
}

/** V8 reads `nul` as the beginning of `null` and blames the letter that differs. */
function sharedWord(text: string): number {
  for (const word of ['true', 'false', 'null']) {
    if (text[0] !== word[0]) continue;
    let shared = 1;
    while (shared < word.length && text[shared] === word[shared]) shared += 1;
    return shared;
  }
  return 0;
}

function quoted(text: string, at: number): string {
  if (text.length <= 2 * CONTEXT) return `"${text}"`;
  const start = Math.max(0, at - CONTEXT);
  const end = Math.min(text.length, at + CONTEXT);
  return `${start > 0 ? '...' : ''}"${text.slice(start, end)}"${end < text.length ? '...' : ''}`;
}

export function installJson(): void {
  Object.defineProperty(JSON, 'parse', {
    value: parse,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}
