/** Every topic with its programs. */
import type { Program } from '../program.ts';
import { httpErrors } from './http-errors.ts';
import { httpRequests } from './http-requests.ts';
import { httpResponses } from './http-responses.ts';
import { library } from './library.ts';
import { streamsAndEvents } from './streams-and-events.ts';

export const topics: Record<string, Program[]> = {
  httpErrors,
  httpRequests,
  httpResponses,
  library,
  streamsAndEvents,
};
