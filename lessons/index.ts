/**
 * The course: the plan of all fourteen lessons, light enough to be known before anything is shown.
 *
 * In: nothing. Out: `COURSE`, and the types of a lesson. What a lesson holds is in its `lesson.ts`.
 * Knows nothing of: prose, React, the server. Compiled with neither Node nor DOM types.
 */
import type { LessonGroup, Words } from './contract.ts';

export type {
  LessonChallenge,
  LessonGroup,
  LessonInfo,
  LessonNetwork,
  LessonPatch,
  LessonStep,
  Verdict,
  Words,
} from './contract.ts';
export type { WireFacts } from './facts.ts';

export interface CourseEntry {
  /** The folder name the lesson has, or will have. */
  id: string;
  group: LessonGroup;
  title: Words;
  /** One line on the map of the course. */
  line: Words;
  /** Reading and trying, in minutes. */
  minutes: number;
  /** How many steps it has; 0 while it is not written. */
  steps: number;
}

/** In course order: the place in the list is the lesson's `order`. `lessons.test.ts` compares it with the lessons. */
export const COURSE: readonly CourseEntry[] = [
  {
    id: 'request-response',
    group: 'start',
    title: { en: 'Request and response', 'zh-CN': '请求与响应' },
    line: { en: 'Who may speak first.', 'zh-CN': '谁可以先开口。' },
    minutes: 10,
    steps: 0,
  },
  {
    id: 'polling',
    group: 'pull',
    title: { en: 'Polling', 'zh-CN': '轮询' },
    line: { en: 'Ask again and again.', 'zh-CN': '一遍又一遍地问。' },
    minutes: 12,
    steps: 6,
  },
  {
    id: 'long-polling',
    group: 'pull',
    title: { en: 'Long polling', 'zh-CN': '长轮询' },
    line: { en: 'Ask, and be kept waiting.', 'zh-CN': '问一次，等到有为止。' },
    minutes: 14,
    steps: 9,
  },
  {
    id: 'xhr-streaming',
    group: 'push',
    title: { en: 'XHR streaming', 'zh-CN': 'XHR 流' },
    line: { en: 'Read a response while it grows.', 'zh-CN': '响应还在增长，就开始读。' },
    minutes: 15,
    steps: 9,
  },
  {
    id: 'forever-iframe',
    group: 'push',
    title: { en: 'Forever iframe', 'zh-CN': '永久 iframe' },
    line: { en: 'A page that never finishes loading.', 'zh-CN': '永远加载不完的页面。' },
    minutes: 12,
    steps: 0,
  },
  {
    id: 'htmlfile',
    group: 'push',
    title: { en: 'htmlfile', 'zh-CN': 'htmlfile' },
    line: {
      en: 'The same, in a hidden document. IE, emulated.',
      'zh-CN': '同样的办法，藏进隐形文档。IE，模拟。',
    },
    minutes: 10,
    steps: 0,
  },
  {
    id: 'sse',
    group: 'push',
    title: { en: 'Server-Sent Events', 'zh-CN': '服务器推送事件' },
    line: { en: 'A stream with a format and a memory.', 'zh-CN': '有格式、有记忆的流。' },
    minutes: 16,
    steps: 0,
  },
  {
    id: 'cors',
    group: 'origin',
    title: { en: 'CORS', 'zh-CN': '跨源资源共享' },
    line: { en: 'Ask the other origin first.', 'zh-CN': '先问另一个源。' },
    minutes: 16,
    steps: 0,
  },
  {
    id: 'xdomainrequest',
    group: 'origin',
    title: { en: 'XDomainRequest', 'zh-CN': 'XDomainRequest' },
    line: { en: 'No cookies, no preflight. IE, emulated.', 'zh-CN': '没有 Cookie，没有预检。IE，模拟。' },
    minutes: 8,
    steps: 0,
  },
  {
    id: 'jsonp',
    group: 'origin',
    title: { en: 'JSONP', 'zh-CN': 'JSONP' },
    line: { en: 'A script tag jumps the wall.', 'zh-CN': '用 script 标签翻墙而过。' },
    minutes: 10,
    steps: 0,
  },
  {
    id: 'csrf',
    group: 'origin',
    title: { en: 'Request forgery', 'zh-CN': '请求伪造' },
    line: { en: 'CSRF: the cookie goes along, wanted or not.', 'zh-CN': 'CSRF：Cookie 总会跟着去。' },
    minutes: 15,
    steps: 0,
  },
  {
    id: 'websocket',
    group: 'duplex',
    title: { en: 'WebSocket', 'zh-CN': 'WebSocket' },
    line: { en: 'Either end speaks when it likes.', 'zh-CN': '两端随时都能开口。' },
    minutes: 20,
    steps: 0,
  },
  {
    id: 'fallback',
    group: 'choose',
    title: { en: 'Fallback', 'zh-CN': '降级' },
    line: { en: 'The best that this browser can do.', 'zh-CN': '这个浏览器能用的最好办法。' },
    minutes: 14,
    steps: 0,
  },
  {
    id: 'race',
    group: 'choose',
    title: { en: 'The race', 'zh-CN': '竞速' },
    line: { en: 'Every technique on one clock.', 'zh-CN': '所有技术，同一时钟。' },
    minutes: 12,
    steps: 0,
  },
];

/** The lesson of the plan; undefined when there is none of this id, or it is not written yet. */
export function findLesson(id: string): CourseEntry | undefined {
  return COURSE.find((entry) => entry.id === id && entry.steps > 0);
}
