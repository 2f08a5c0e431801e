/**
 * Finds the learner's lines in stacks. The text of a stack is standard nowhere; these are the forms of
 * Chromium (`at f (url:1:2)`, `at url:1:2`) and of Firefox and Safari (`f@url:1:2`).
 */
import type { SourcePosition } from '#protocol/errors';

export interface Sources {
  /**
   * The innermost line of the learner's files that is running now. `site` is what always comes from one line or a
   * few (the handler of a socket): when it comes more often than stacks can be looked at, it is taken to be where it
   * always was, and undefined when it was at several lines.
   */
  here(site?: object): SourcePosition | undefined;
  /** The innermost line of the learner's files in a stack. */
  inStack(stack: unknown): SourcePosition | undefined;
  /** A printed stack as the learner knows the files: plain names, and none of our own lines. */
  tidy(stack: string): string;
  /** A place named by address; undefined when it is not in the learner's files. */
  at(url: string, line: number, column: number): SourcePosition | undefined;
}

/** Files of the platform that run in the page: their lines are nobody's. */
const OURS: ReadonlySet<string> = new Set(['runtime.js', 'legacy.js']);

/** Enough to get out of a library; Chromium keeps 10 by itself. */
const FRAMES = 40;

/** Stacks of sites looked at in one second: at some 50 µs each (measured in Chromium) 1 % of it. */
const STACKS_PER_SECOND = 200;

/** V8's own property; elsewhere setting it does nothing. */
const settings = Error as { stackTraceLimit?: number };

const FRAME = /(https?:\/\/[^\s()]+?):(\d+)(?::(\d+))?\)?(?:$| line )/;
/** Code made by eval in Firefox: `url line 5 > eval:1:1`. */
const EVALUATED = /(https?:\/\/[^\s()]+?) line (\d+) > /;

export interface SourcesOptions {
  origin: string;
  /** Path under which the lab serves this run's files, with slashes at both ends. */
  base: string;
  /** Name of the page's document among them; it is shown under another path. */
  document?: string;
  /** ms. */
  now?(): number;
}

export function createSources(options: SourcesOptions): Sources {
  const { origin, base, document = 'index.html', now = () => performance.now() } = options;
  const path = pathOf(document);
  /** The line of each site; null when there were several. */
  const lines = new WeakMap<object, SourcePosition | null>();
  let second = -Infinity;
  let inSecond = 0;

  function fileOf(url: string): string | undefined {
    if (!url.startsWith(origin)) return undefined;
    const rest = url.slice(origin.length).replace(/[?#].*/, '');
    // Inline scripts: the page was served under `base` and then moved.
    if (rest === path) return document;
    if (rest === base) return 'index.html';
    if (!rest.startsWith(base)) return undefined;
    const file = decode(rest.slice(base.length));
    return OURS.has(file) ? undefined : file;
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

  function running(): SourcePosition | undefined {
    const limit = settings.stackTraceLimit;
    settings.stackTraceLimit = FRAMES;
    const { stack } = new Error();
    settings.stackTraceLimit = limit;
    return inStack(stack);
  }

  function isAllowed(): boolean {
    const t = now();
    if (t - second >= 1_000) {
      second = t;
      inSecond = 0;
    }
    return ++inSecond <= STACKS_PER_SECOND;
  }

  return {
    at,
    inStack,
    tidy: (stack) =>
      stack
        .split('\n')
        .filter((line) => ![...OURS].some((file) => line.includes(`${base}${file}:`)))
        .join('\n')
        .replaceAll(`${origin}${base}`, '')
        .replaceAll(`${origin}${path}:`, `${document}:`),
    here(site) {
      if (!site) return running();
      if (!isAllowed()) return lines.get(site) ?? undefined;
      const line = running();
      const known = lines.get(site);
      if (line && known !== null) lines.set(site, known && !isSame(known, line) ? null : line);
      return line;
    },
  };
}

/** Where the runtime shows a document of the lab: what the learner's page calls its own address. */
export function pathOf(document: string): string {
  return document === 'index.html' ? '/' : `/${document}`;
}

function isSame(one: SourcePosition, other: SourcePosition): boolean {
  return one.file === other.file && one.line === other.line && one.column === other.column;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // As written, then.
  }
}
