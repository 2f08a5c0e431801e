/**
 * QuickJS says `not a function` and `cannot read property 'x' of undefined`; V8 names the expression.
 * The expression is taken from the learner's source at the reported place.
 */
import type { SourcePosition } from '../../errors/protocol.ts';
import { sourceOf } from './files.ts';

const CALLEE = /^[\w$#]+(?:\s*(?:\?\.|\.)\s*[\w$#]+|\[[^\][]*\])*/;

/** Rewords an error of the engine at its birth, so that programs that print it print V8's words too. */
export function improveMessage(error: Error, at: SourcePosition): void {
  const better = reworded(error.message, at);
  if (better !== undefined) error.message = better;
}

function reworded(message: string, at: SourcePosition): string | undefined {
  const property = /^cannot (read|set) property '(.*)' of (undefined|null)$/.exec(message);
  if (property) {
    const verb = property[1] === 'read' ? 'reading' : 'setting';
    return `Cannot ${property[1]} properties of ${property[3]} (${verb} '${property[2]}')`;
  }
  if (message !== 'not a function' && message !== 'not a constructor') return undefined;
  const expression = expressionAt(at);
  return expression && `${expression} is ${message}`;
}

/** The dotted expression that is called at (or just before) a place. */
function expressionAt({ file, line, column }: SourcePosition): string | undefined {
  const text = sourceOf(file)?.split('\n')[line - 1];
  if (text === undefined) return undefined;
  let start = Math.min(column - 1, text.length);
  while (start > 0 && /[\w$#.\]]/.test(text[start - 1]!)) start -= 1;
  const rest = text.slice(start).replace(/^(?:new|await|return|throw|yield)\s+/, '');
  return CALLEE.exec(rest)?.[0];
}
