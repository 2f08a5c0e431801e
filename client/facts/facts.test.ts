import { describe, expect, it } from 'vitest';
import { exchange } from '../../tests/support/recording.ts';
import { factsOf } from './index.ts';

describe('facts of a run', () => {
  const recording = exchange();
  const facts = factsOf(recording.run(), recording.capture.bytesOf);

  it('tell a request with its answer, as both were sent', () => {
    expect(facts.requests).toHaveLength(1);
    expect(facts.requests[0]).toMatchObject({
      id: 'c1-up-0',
      port: 8080,
      method: 'GET',
      target: '/messages?after=0',
      headers: { host: 'localhost:8080', 'sec-fetch-dest': 'empty' },
      sent: 20,
      arrived: 30,
      preflight: false,
      response: { id: 'c1-down-0', status: 200, body: '[]', sent: 32, arrived: 42, done: 42, handled: 44 },
    });
  });

  it('tell what is payload and what is not', () => {
    const bytes = facts.requests[0]!.bytes + facts.requests[0]!.response!.bytes;
    expect(facts.overhead).toBeCloseTo(1 - 2 / bytes);
  });

  it('tell what both consoles printed', () => {
    expect(facts.console).toEqual([{ side: 'server', level: 'log', text: 'asked', t: 31.5 }]);
  });
});
