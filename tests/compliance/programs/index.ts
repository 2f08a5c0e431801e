/** Every topic with its programs. */
import type { Program } from '../program.ts';
import { connections } from './connections.ts';
import { consoleText } from './console-text.ts';
import { files } from './files.ts';
import { httpErrors } from './http-errors.ts';
import { httpRequests } from './http-requests.ts';
import { httpResponses } from './http-responses.ts';
import { library } from './library.ts';
import { mistakesOfLearners } from './mistakes.ts';
import { modules } from './modules.ts';
import { platform } from './platform.ts';
import { specialCare } from './special-care.ts';
import { streams } from './streams.ts';
import { streamsAndEvents } from './streams-and-events.ts';
import { text } from './text.ts';
import { timers } from './timers.ts';
import { util } from './util.ts';

export const topics: Record<string, Program[]> = {
  connections,
  consoleText,
  files,
  httpErrors,
  httpRequests,
  httpResponses,
  library,
  mistakesOfLearners,
  modules,
  platform,
  specialCare,
  streams,
  streamsAndEvents,
  text,
  timers,
  util,
};
