/**
 * The course: the plan of all fourteen lessons, light enough to be known before anything is shown.
 *
 * In: nothing. Out: `COURSE`, and the types of a lesson. What a lesson holds is in its `lesson.ts`.
 * Knows nothing of: prose, React, the server. Compiled with neither Node nor DOM types.
 */
import type { LessonGroup, Words } from './contract.ts';

export { profileOf } from './contract.ts';
export type {
  LessonChallenge,
  LessonGroup,
  LessonInfo,
  LessonNetwork,
  LessonPatch,
  LessonProfile,
  LessonStep,
  Verdict,
  Words,
} from './contract.ts';
export type { RaceFacts, WireFacts } from './facts.ts';

export interface CourseEntry {
  /** The name of its folder. */
  id: string;
  group: LessonGroup;
  title: Words;
  /** Reading and trying, in minutes. */
  minutes: number;
  /** How many steps it has. */
  steps: number;
}

/** In course order: the place in the list is the lesson's `order`. `lessons.test.ts` compares it with the lessons. */
export const COURSE: readonly CourseEntry[] = [
  {
    id: 'request-response',
    group: 'start',
    title: { en: 'Request and response', 'zh-CN': '请求与响应' },
    minutes: 12,
    steps: 9,
  },
  {
    id: 'polling',
    group: 'pull',
    title: { en: 'Polling', 'zh-CN': '轮询' },
    minutes: 12,
    steps: 9,
  },
  {
    id: 'long-polling',
    group: 'pull',
    title: { en: 'Long polling', 'zh-CN': '长轮询' },
    minutes: 14,
    steps: 9,
  },
  {
    id: 'xhr-streaming',
    group: 'push',
    title: { en: 'XHR streaming', 'zh-CN': 'XHR 流' },
    minutes: 15,
    steps: 9,
  },
  {
    id: 'forever-iframe',
    group: 'push',
    title: { en: 'Forever iframe', 'zh-CN': '永久 iframe' },
    minutes: 12,
    steps: 9,
  },
  {
    id: 'htmlfile',
    group: 'push',
    title: { en: 'htmlfile', 'zh-CN': 'htmlfile' },
    minutes: 10,
    steps: 8,
  },
  {
    id: 'sse',
    group: 'push',
    title: { en: 'Server-Sent Events', 'zh-CN': '服务器推送事件' },
    minutes: 16,
    steps: 10,
  },
  {
    id: 'cors',
    group: 'origin',
    title: { en: 'CORS', 'zh-CN': '跨源资源共享' },
    minutes: 16,
    steps: 10,
  },
  {
    id: 'xdomainrequest',
    group: 'origin',
    title: { en: 'XDomainRequest', 'zh-CN': 'XDomainRequest' },
    minutes: 10,
    steps: 9,
  },
  {
    id: 'jsonp',
    group: 'origin',
    title: { en: 'JSONP', 'zh-CN': 'JSONP' },
    minutes: 10,
    steps: 8,
  },
  {
    id: 'csrf',
    group: 'origin',
    title: { en: 'Request forgery', 'zh-CN': '请求伪造' },
    minutes: 15,
    steps: 10,
  },
  {
    id: 'websocket',
    group: 'duplex',
    title: { en: 'WebSocket', 'zh-CN': 'WebSocket' },
    minutes: 20,
    steps: 11,
  },
  {
    id: 'fallback',
    group: 'choose',
    title: { en: 'Fallback', 'zh-CN': '降级' },
    minutes: 14,
    steps: 9,
  },
  {
    id: 'race',
    group: 'choose',
    title: { en: 'The race', 'zh-CN': '竞速' },
    minutes: 15,
    steps: 8,
  },
];

/** The lesson of the plan; undefined when there is none of this id. */
export function findLesson(id: string): CourseEntry | undefined {
  return COURSE.find((entry) => entry.id === id);
}
