/** The error a learner meets when a limit of the lab is reached; it names the limit and its value. */
import { REPORT, type PlatformError } from './report.ts';

export function limitReached(limit: string, value: number): Error {
  const error: PlatformError = new RangeError(`A lab may have ${value} ${limit}, not more.`);
  error[REPORT] = { code: 'LIMIT_REACHED', params: { limit, value } };
  return error;
}
