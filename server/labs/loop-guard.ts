/**
 * Rewrites a learner's script so that an endless loop in the page ends by itself: every loop body
 * begins with a call of `__labLoop`, which the page runtime defines and which throws when one turn
 * of the event loop was busy for too long.
 *
 * In: source as the learner wrote it. Out: the same program with the same line numbers.
 * Knows nothing of labs or HTTP.
 */
import { parse, type Node, type Options, type Program, type Statement } from 'acorn';
import { full } from 'acorn-walk';

const LOOPS = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);

/** Statement-shaped nodes with a body that runs again and again. */
interface Loop extends Node {
  body: Statement;
}

/** Text to put in at an offset of the source. */
interface Insertion {
  offset: number;
  text: string;
  /** Of two at one offset, the smaller goes first: what closes an inner body, before the outer. */
  order: number;
}

/**
 * Returns `source` with a guard at the start of every loop body; `source` itself when it does not
 * parse (the browser then reports the error better than we could).
 */
export function guardLoops(source: string, file: string): string {
  const program = parseAny(source);
  if (!program) return source;
  const insertions: Insertion[] = [];
  full(program, (node) => {
    if (!LOOPS.has(node.type)) return;
    const { body, loc } = node as Loop;
    const call = `__labLoop(${JSON.stringify(file)},${loc!.start.line},${loc!.start.column + 1});`;
    if (body.type === 'BlockStatement') {
      insertions.push({ offset: body.start + 1, text: call, order: body.start });
    } else {
      insertions.push({ offset: body.start, text: `{${call}`, order: body.start });
      // At one end several bodies may close: `}` is all alike, so their order does not matter.
      insertions.push({ offset: body.end, text: '}', order: -1 });
    }
  });
  return splice(source, insertions);
}

function splice(source: string, insertions: Insertion[]): string {
  insertions.sort((a, b) => a.offset - b.offset || a.order - b.order);
  let result = '';
  let from = 0;
  for (const { offset, text } of insertions) {
    result += source.slice(from, offset) + text;
    from = offset;
  }
  return result + source.slice(from);
}

/** A classic script first, as `<script src>` runs it; then a module. */
function parseAny(source: string): Program | undefined {
  return tryParse(source, 'script') ?? tryParse(source, 'module');
}

function tryParse(source: string, sourceType: NonNullable<Options['sourceType']>): Program | undefined {
  try {
    return parse(source, { ecmaVersion: 'latest', sourceType, locations: true, allowHashBang: true });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
