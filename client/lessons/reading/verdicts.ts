import type { LessonChallenge, Verdict, WireFacts } from '../../../lessons/index.ts';

/**
 * What a run says of each goal, in order. A record with a gap cannot show that something did not happen,
 * so it meets nothing that was not met; a goal that throws on an odd run is open.
 */
export function verdictsOf({ goals }: LessonChallenge, wire: WireFacts | null): Verdict[] {
  return goals.map(({ judge }) => {
    if (!wire) return 'open';
    try {
      const verdict = judge(wire);
      return verdict === 'missed' && !wire.whole ? 'open' : verdict;
    } catch (error) {
      console.error(error);
      return 'open';
    }
  });
}
