import { UNIMPAIRED } from '#protocol/telemetry';
import { NO_MESSAGES, NO_WORDS, totalsOf } from '../capture/index.ts';
import type { Run } from '../capture/run.ts';

/** What is drawn before the first run: rails, and nothing on them. */
export const EMPTY_RUN: Run = {
  number: 0,
  startedAt: 0,
  state: 'stopped',
  ports: [],
  conditions: UNIMPAIRED,
  end: 0,
  live: false,
  connections: [],
  messages: NO_MESSAGES,
  totals: totalsOf([]),
  jsEvents: NO_WORDS,
  serverEvents: NO_WORDS,
  deliveries: [],
  console: [],
  consoleForgotten: 0,
  gaps: [],
  clock: { errorMs: Infinity },
};
