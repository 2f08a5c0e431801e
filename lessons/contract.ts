/**
 * What a lesson says about itself that is not language. The prose is in `en.mdx` and `zh-CN.mdx`,
 * the code in `client.js`, `server.js`, `index.html` beside it.
 *
 * Compiled with neither Node nor DOM types: server, browser and tests import it.
 */
export type LessonGroup = 'start' | 'pull' | 'push' | 'origin' | 'duplex' | 'choose';

export interface LessonInfo {
  /** Folder name, route, and the one name of the technique everywhere. */
  id: string;
  /** Place in the course, from 0. */
  order: number;
  group: LessonGroup;
  title: { en: string; 'zh-CN': string };
  /** Reading and trying, in minutes. */
  minutes: number;
  page: 'same-origin' | 'cross-origin';
  /** Network at the first Run; one-way latency in ms. */
  latencyMs: number;
  steps: LessonStep[];
}

export interface LessonStep {
  /** Fit for a URL fragment and a key: `run-it`. */
  id: string;
  title: { en: string; 'zh-CN': string };
  /** Edits offered by "Try it": each replaces exact text in one file, so that it is a visible diff. */
  patches?: LessonPatch[];
  /** A question asked before the run. */
  question?: { options: string[]; answer: string };
}

export interface LessonPatch {
  id: string;
  file: string;
  /** Text that occurs exactly once in the lesson's original file. */
  find: string;
  replace: string;
}
