import type { Ending } from './transport.ts';

/** Refusals of the moment: the same may be taken a little later. */
const PASSING = ['RATE_LIMITED', 'SERVER_STOPPING', 'ROOM_LIMIT', 'ROOM_FULL', 'INTERNAL'];

/** What the server's words for an error mean for a request: try again, or do not. */
export function endingOfError({
  code,
  message = '',
}: {
  code: string;
  message?: string;
}): Exclude<Ending, { reason: 'over' }> {
  return PASSING.indexOf(code) >= 0 ? { reason: 'lost' } : { reason: 'refused', code, message };
}
