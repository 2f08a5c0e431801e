/**
 * What a lesson says about itself that is not language. The prose is in `en.mdx` and `zh-CN.mdx`,
 * the code in `client.js`, `server.js`, `index.html` beside it.
 *
 * Compiled with neither Node nor DOM types: server, browser and tests import it.
 */
import type { WireFacts } from './facts.ts';

export type LessonGroup = 'start' | 'pull' | 'push' | 'origin' | 'duplex' | 'choose';

/** Text that is not prose, in both languages. */
export interface Words {
  en: string;
  'zh-CN': string;
}

export interface LessonInfo {
  /** Folder name, route, and the one name of the technique everywhere. */
  id: string;
  /** Place in the course, from 0. */
  order: number;
  group: LessonGroup;
  title: Words;
  /** Reading and trying, in minutes. */
  minutes: number;
  /**
   * What stands beside the prose in the place of editors and wire, when the lesson has no code: the race
   * (`client/race`). Such a lesson promises nothing of its wire; its facts are in `WireFacts.race`.
   */
  stage?: 'race';
  /**
   * Where the page comes from: the platform serves it on the origin of the server code, or on one of its own; or
   * `server`: the page is what the server code answers to `GET /`, byte by byte, so what it does is not recorded.
   */
  page: 'same-origin' | 'cross-origin' | 'server';
  /** Pages that Run opens side by side, each with a name; one, of `index.html`, when absent. Not with `server`. */
  pages?: LessonPageFrame[];
  /** The old browser that the page of the first edition pretends to be, when it needs one. */
  profile?: LessonProfile;
  /** Network at the first Run; one-way latency in ms. */
  latencyMs: number;
  /** Editions of the code beside the one the lesson opens with; each has its files in a folder of its id. */
  variants?: LessonVariant[];
  /** What the first edition is called beside the others; "Modern" when absent. */
  edition?: Words;
  /**
   * Old browsers to choose from at the page, beside the one of today, for the next Run of any edition. No edition of a
   * lesson that has them has a `profile`.
   */
  profiles?: LessonProfile[];
  /** A request to edit and send by hand stands beside console and page: the handshake workbench (`client/workbench`). */
  workbench?: true;
  steps: LessonStep[];
  /** Figures of the run that only this lesson quotes, as text; null while the run does not tell them. */
  figures?: Record<string, (wire: WireFacts) => string | null>;
  /** Messages that prose points at with `<Stroke of>`: the id of one, null while it is not on the wire. */
  strokes?: Record<string, (wire: WireFacts) => string | null>;
  /** What the wire of the untouched code shows, by edition (`''` is the first): held by the tests. */
  promises: Record<string, WirePromise[]>;
  /** What it shows, of the first edition, in each of `profiles`: held by the tests. */
  profilePromises?: Partial<Record<LessonProfile, WirePromise[]>>;
}

export interface LessonPageFrame {
  /** Its name in the picture and in the prose: `A`. */
  name: string;
  /** Its document among the files. */
  file: string;
}

/** An old browser that a page can pretend to be (`client/stage/legacy`). */
export type LessonProfile =
  'ie-6' | 'ie-7' | 'ie-8' | 'ie-9' | 'ie-10' | 'firefox-3.6' | 'chrome-14' | 'safari-5';

export interface LessonVariant {
  /** `classic`: as it was written when the technique was new. */
  id: string;
  title: Words;
  /** The old browser that the page pretends to be, when this edition needs one. */
  profile?: LessonProfile;
}

export interface WirePromise {
  /** A sentence in the present: what is seen. */
  says: string;
  holds(wire: WireFacts): boolean;
}

export interface LessonStep {
  /** Fit for a URL fragment and a key: `run-it`. */
  id: string;
  title: Words;
  /** Edits offered by "Try it": each replaces exact text in one file, so that it is a visible diff. */
  patches?: LessonPatch[];
  /** What "Try it" can do to the network instead of to the code. */
  network?: LessonNetwork[];
  /** Requests that "Try it" opens in the workbench, by the names they have there. */
  experiments?: string[];
  /** A question asked before the run. */
  question?: LessonQuestion;
  /** A task that is judged by what crosses the wire. */
  challenge?: LessonChallenge;
}

export interface LessonQuestion {
  options: string[];
  answer: string;
  /** Whether the run on the wire has shown the answer. Code that the step wants changed does not, as it was. */
  shown(wire: WireFacts): boolean;
}

export interface LessonPatch {
  id: string;
  file: string;
  /** Text that occurs exactly once in the original file of its edition. */
  find: string;
  replace: string;
  /** The edition it is for; the first when absent. */
  variant?: string;
  /** It makes the code throw: that is what the step is about. */
  throws?: true;
}

export interface LessonNetwork {
  id: string;
  conditions?: {
    latencyMs?: number;
    jitterMs?: number;
    bandwidth?: number | null;
    proxy?: 'direct' | 'buffering' | 'idle-timeout';
    proxyBufferBytes?: number;
    proxyIdleMs?: number;
    splitBytes?: number;
    splitPauseMs?: number;
  };
  /** Cuts the wire at this time of the next run, ms; later by whole seconds where the page is late. */
  cutAt?: number;
  /** With the race as the lesson's stage: what else of its settings (`RaceSettings` of `client/race`). */
  race?: {
    techniques?: string[];
    pollIntervalMs?: number;
    schedule?: 'steady' | 'random' | 'bursts' | 'silence' | 'typed';
    origins?: 'each' | 'one';
  };
}

/** The old browser that an edition runs in; null for the one it really is in. */
export function profileOf(lesson: LessonInfo, variant: string | null | undefined): LessonProfile | null {
  const edition = variant ? lesson.variants?.find(({ id }) => id === variant) : lesson;
  return edition?.profile ?? null;
}

/** `open`: not yet, it may come; `met`; `missed`: this run cannot meet it any more. */
export type Verdict = 'open' | 'met' | 'missed';

export interface LessonChallenge {
  /** Each is named in the prose by `<Goal id>`. All must be met by one run. */
  goals: { id: string; judge(wire: WireFacts): Verdict }[];
  /** How many `<Hint>`s the prose has. */
  hints: number;
  /** The edition it starts from; the first when absent. */
  variant?: string;
  /** Makes a solution of the original code. */
  solution: LessonPatch[];
}
