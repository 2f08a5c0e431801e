/**
 * Finds the learner's lines in stacks. The text of a stack is standard nowhere; these are the forms of
 * Chromium (`at f (url:1:2)`, `at url:1:2`) and of Firefox and Safari (`f@url:1:2`).
 */
import type { SourcePosition } from '#protocol/errors';

export interface Sources {
  /** The innermost line of the learner's files that is running now. */
  here(): SourcePosition | undefined;
  /** The innermost line of the learner's files in a stack. */
  inStack(stack: unknown): SourcePosition | undefined;
  /** A printed stack as the learner knows the files: plain names, and none of our own lines. */
  tidy(stack: string): string;
  /** A place named by address; undefined when it is not in the learner's files. */
  at(url: string, line: number, column: number): SourcePosition | undefined;
}

/** Enough to get out of a library; Chromium keeps 10 by itself. */
const FRAMES = 40;

/** V8's own property; elsewhere setting it does nothing. */
const settings = Error as { stackTraceLimit?: number };

const FRAME = /(https?:\/\/[^\s()]+?):(\d+)(?::(\d+))?\)?(?:$| line )/;
/** Code made by eval in Firefox: `url line 5 > eval:1:1`. */
const EVALUATED = /(https?:\/\/[^\s()]+?) line (\d+) > /;

/** @param base path under which the lab serves this run's files, with slashes at both ends. */
export function createSources({ origin, base }: { origin: string; base: string }): Sources {
  function fileOf(url: string): string | undefined {
    if (!url.startsWith(origin)) return undefined;
    const path = url.slice(origin.length).replace(/[?#].*/, '');
    // Inline scripts: the page was served under `base` and then moved to `/`.
    if (path === '/' || path === base) return 'index.html';
    if (!path.startsWith(base)) return undefined;
    const file = decode(path.slice(base.length));
    return file === 'runtime.js' ? undefined : file;
  }

  function at(url: string, line: number, column: number): SourcePosition | undefined {
    const file = fileOf(url);
    return file === undefined || line < 1 ? undefined : { file, line, column: Math.max(1, column) };
  }

  function inStack(stack: unknown): SourcePosition | undefined {
    if (typeof stack !== 'string') return undefined;
    for (const text of stack.split('\n')) {
      const [, url, line, column] = EVALUATED.exec(text) ?? FRAME.exec(text) ?? [];
      const position = url && at(url, Number(line), Number(column ?? 1));
      if (position) return position;
    }
    return undefined;
  }

  return {
    at,
    inStack,
    tidy: (stack) =>
      stack
        .split('\n')
        .filter((line) => !line.includes(`${base}runtime.js:`))
        .join('\n')
        .replaceAll(`${origin}${base}`, '')
        .replaceAll(`${origin}/:`, 'index.html:'),
    here() {
      const limit = settings.stackTraceLimit;
      settings.stackTraceLimit = FRAMES;
      const { stack } = new Error();
      settings.stackTraceLimit = limit;
      return inStack(stack);
    },
  };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // As written, then.
  }
}
