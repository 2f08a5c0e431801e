/**
 * The course: which lessons exist, and the plan of all fourteen.
 *
 * In: the `lesson.ts` of every lesson. Out: `LESSONS`, in course order, and `COURSE`.
 * Knows nothing of: prose, React, the server. Compiled with neither Node nor DOM types.
 */
import type { LessonGroup, LessonInfo } from './contract.ts';
import { polling } from './polling/lesson.ts';

export type { LessonGroup, LessonInfo, LessonPatch, LessonStep } from './contract.ts';

/** Lessons that can be taken, in course order. */
export const LESSONS: readonly LessonInfo[] = [polling];

export function findLesson(id: string): LessonInfo | undefined {
  return LESSONS.find((lesson) => lesson.id === id);
}

export interface CourseEntry {
  /** The folder name the lesson has, or will have. */
  id: string;
  group: LessonGroup;
  title: LessonInfo['title'];
}

/** All lessons of the plan; the place in the list is `order`. Those not in `LESSONS` are not written yet. */
export const COURSE: readonly CourseEntry[] = [
  { id: 'request-response', group: 'start', title: { en: 'Request and response', 'zh-CN': '请求与响应' } },
  { id: 'polling', group: 'pull', title: polling.title },
  { id: 'long-polling', group: 'pull', title: { en: 'Long polling', 'zh-CN': '长轮询' } },
  { id: 'xhr-streaming', group: 'push', title: { en: 'XHR streaming', 'zh-CN': 'XHR 流' } },
  { id: 'forever-iframe', group: 'push', title: { en: 'Forever iframe', 'zh-CN': '永久 iframe' } },
  { id: 'htmlfile', group: 'push', title: { en: 'htmlfile', 'zh-CN': 'htmlfile' } },
  { id: 'sse', group: 'push', title: { en: 'Server-Sent Events', 'zh-CN': '服务器推送事件' } },
  { id: 'cors', group: 'origin', title: { en: 'CORS', 'zh-CN': '跨源资源共享' } },
  { id: 'xdomainrequest', group: 'origin', title: { en: 'XDomainRequest', 'zh-CN': 'XDomainRequest' } },
  { id: 'jsonp', group: 'origin', title: { en: 'JSONP', 'zh-CN': 'JSONP' } },
  { id: 'csrf', group: 'origin', title: { en: 'Cross-site request forgery', 'zh-CN': '跨站请求伪造' } },
  { id: 'websocket', group: 'duplex', title: { en: 'WebSocket', 'zh-CN': 'WebSocket' } },
  { id: 'fallback', group: 'choose', title: { en: 'Fallback', 'zh-CN': '降级' } },
  { id: 'race', group: 'choose', title: { en: 'The race', 'zh-CN': '竞速' } },
];
