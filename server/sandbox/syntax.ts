/**
 * Reads the learner's scripts before one of them runs: errors with line and column, and what each file is.
 *
 * In: file names and texts. Out: formats, what modules import, or the first syntax error.
 * Knows nothing of the engine; its parser is stricter in words and as strict in grammar.
 */
import { type Node, parse, type Program } from 'acorn';
import { simple } from 'acorn-walk';
import type { ReportedError } from '../errors/protocol.ts';
import { excerptAt } from './excerpt.ts';
import { syntaxWords } from './wording/syntax-words.ts';

export type Format = 'module' | 'commonjs';

export interface Script {
  format: Format;
  program: Program;
}

export type ReadScripts = { scripts: Map<string, Script> } | { error: ReportedError };

const SCRIPT = /\.(?:js|mjs|cjs)$/;

/** Parses every script of a lab. */
export function readScripts(files: Record<string, string>): ReadScripts {
  const scripts = new Map<string, Script>();
  const declared = declaredType(files['package.json']);
  for (const [file, source] of Object.entries(files)) {
    if (!SCRIPT.test(file)) continue;
    const read = readScript(file, source, declared);
    if ('error' in read) return read;
    scripts.set(file, read);
  }
  return { scripts };
}

function declaredType(manifest: string | undefined): Format | undefined {
  if (manifest === undefined) return undefined;
  try {
    const type = (JSON.parse(manifest) as { type?: unknown } | null)?.type;
    return type === 'module' || type === 'commonjs' ? type : undefined;
  } catch {
    // A broken package.json declares nothing; whoever requires it is told.
    return undefined;
  }
}

/** Node's rule: the extension, then package.json, then what the grammar says (detect-module, Node ≥ 20.19). */
function readScript(
  file: string,
  source: string,
  declared: Format | undefined,
): Script | { error: ReportedError } {
  const fixed = file.endsWith('.mjs') ? 'module' : file.endsWith('.cjs') ? 'commonjs' : declared;
  const formats: Format[] = fixed ? [fixed] : ['commonjs', 'module'];
  const failures: AcornError[] = [];
  for (const format of formats) {
    try {
      return { format, program: parseAs(source, format) };
    } catch (error) {
      if (error instanceof RangeError) return { error: nestedTooDeep(file) };
      if (!isAcornError(error)) throw error;
      failures.push(error);
    }
  }
  return { error: report(file, source, mostTelling(failures)) };
}

function parseAs(source: string, format: Format): Program {
  return parse(source, {
    ecmaVersion: 'latest',
    sourceType: format === 'module' ? 'module' : 'script',
    allowReturnOutsideFunction: format === 'commonjs',
    locations: true,
  });
}

interface AcornError extends SyntaxError {
  loc: { line: number; column: number };
  pos: number;
}

function isAcornError(error: unknown): error is AcornError {
  return error instanceof SyntaxError && 'loc' in error && 'pos' in error;
}

/** Of two failures the one further on: the other grammar did not get there. */
function mostTelling(failures: AcornError[]): AcornError {
  return failures.reduce((best, error) => (error.pos > best.pos ? error : best));
}

function report(file: string, source: string, error: AcornError): ReportedError {
  const at = { file, line: error.loc.line, column: error.loc.column + 1 };
  const words = syntaxWords(error.message.replace(/ \(\d+:\d+\)$/, ''), source, error.pos);
  const excerpt = excerptAt(source, at);
  return {
    code: 'SYNTAX_ERROR',
    message: `SyntaxError: ${words}`,
    at,
    ...(excerpt === undefined ? {} : { excerpt }),
  };
}

/** The parser met the end of its own stack. */
function nestedTooDeep(file: string): ReportedError {
  const message = `SyntaxError: ${file} is nested too deeply to be read.`;
  return { code: 'SYNTAX_ERROR', message, at: { file, line: 1, column: 1 } };
}

/** Offsets of `import.meta`, which the engine leaves empty. */
export function importMetas(program: Program): number[] {
  const found: number[] = [];
  simple(program, {
    MetaProperty(node) {
      if (node.meta.name === 'import') found.push(node.start);
    },
  });
  return found;
}

/** Names a CommonJS file assigns to its exports, as far as they can be read off (like cjs-module-lexer). */
export function exportedNames(program: Program): string[] {
  const names = new Set<string>();
  simple(program, {
    AssignmentExpression(node) {
      const { left, right } = node;
      if (left.type !== 'MemberExpression' || left.computed) return;
      const name = left.property.type === 'Identifier' ? left.property.name : undefined;
      if (isExports(left.object) && name !== undefined) names.add(name);
      const whole = left.object.type === 'Identifier' && left.object.name === 'module' && name === 'exports';
      if (!whole || right.type !== 'ObjectExpression') return;
      for (const property of right.properties) {
        if (property.type === 'Property' && !property.computed && property.key.type === 'Identifier')
          names.add(property.key.name);
      }
    },
  });
  names.delete('default');
  return [...names];
}

function isExports(
  node: Node & { name?: string; object?: Node & { name?: string }; property?: Node & { name?: string } },
): boolean {
  if (node.type === 'Identifier') return node.name === 'exports';
  return (
    node.type === 'MemberExpression' && node.object?.name === 'module' && node.property?.name === 'exports'
  );
}
