/** Every lesson with all that it holds: for the server and the tests. The client fetches one at a time. */
import type { LessonInfo } from './contract.ts';
import { lesson as cors } from './cors/lesson.ts';
import { lesson as csrf } from './csrf/lesson.ts';
import { lesson as fallback } from './fallback/lesson.ts';
import { lesson as foreverIframe } from './forever-iframe/lesson.ts';
import { lesson as htmlfile } from './htmlfile/lesson.ts';
import { lesson as jsonp } from './jsonp/lesson.ts';
import { lesson as longPolling } from './long-polling/lesson.ts';
import { lesson as polling } from './polling/lesson.ts';
import { lesson as race } from './race/lesson.ts';
import { lesson as requestResponse } from './request-response/lesson.ts';
import { lesson as sse } from './sse/lesson.ts';
import { lesson as websocket } from './websocket/lesson.ts';
import { lesson as xdomainrequest } from './xdomainrequest/lesson.ts';
import { lesson as xhrStreaming } from './xhr-streaming/lesson.ts';

/** In course order. */
export const LESSONS: readonly LessonInfo[] = [
  requestResponse,
  polling,
  longPolling,
  xhrStreaming,
  foreverIframe,
  htmlfile,
  sse,
  cors,
  xdomainrequest,
  jsonp,
  csrf,
  websocket,
  fallback,
  race,
];
