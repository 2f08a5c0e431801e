import type { WireMessage } from './run.ts';

/** Whose words they are: a gateway that gives up waiting answers for itself (RFC 9110 §15.6.5). */
export function speakerOf({ direction, segments }: WireMessage): 'browser' | 'server' | 'proxy' {
  if (segments[0]?.by === 'proxy') return 'proxy';
  return direction === 'up' ? 'browser' : 'server';
}
