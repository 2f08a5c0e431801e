import type { LessonInfo, WireFacts } from '../../../lessons/index.ts';
import { grouped, milliseconds, percent } from '../../../lessons/words.ts';

/** Figures that every lesson can quote; a lesson's own are in its `lesson.ts`. */
const COMMON: NonNullable<LessonInfo['figures']> = {
  'median-delay': ({ medianDelayMs }) => (medianDelayMs === null ? null : milliseconds(medianDelayMs)),
  overhead: ({ overhead }) => (overhead === null ? null : percent(overhead)),
  connections: ({ connections }) => (connections.length > 0 ? grouped(connections.length) : null),
  requests: ({ requests }) => (requests.length > 0 ? grouped(requests.length) : null),
};

/** Names of the figures that every lesson can quote. */
export const COMMON_FIGURES = Object.keys(COMMON);

/** A figure of the run on the wire as text; null while the run does not tell it. */
export function figureOf(name: string, lesson: LessonInfo, wire: WireFacts | null): string | null {
  const figure = lesson.figures?.[name] ?? COMMON[name];
  return wire && figure ? figure(wire) : null;
}
