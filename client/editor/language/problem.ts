/** What the worker finds in a file: without words where the app has its own. */

/** Offsets in UTF-16 units. */
interface Found {
  start: number;
  length: number;
}

/** The file does not parse; in the parser's own words, never translated. */
export interface SyntaxProblem extends Found {
  kind: 'syntax';
  message: string;
}

/** Something that is certain to be a mistake, or as good as certain. */
export interface Mistake extends Found {
  kind:
    | 'misspelt'
    /** A module lacks it. */
    | 'missing'
    | 'unknown'
    | 'browser-only'
    | 'server-only'
    | 'no-module'
    | 'constant';
  name: string;
  suggestion?: string;
  module?: string;
}

export type Problem = SyntaxProblem | Mistake;
