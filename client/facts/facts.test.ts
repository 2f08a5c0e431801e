import { describe, expect, it } from 'vitest';
import { bytes, exchange, LISTENING, OPENED, record, RUN } from '../../tests/support/recording.ts';
import { frame, switching, upgrade } from '../../tests/support/websocket-bytes.ts';
import { factsOf, readAhead } from './index.ts';

/** A WebSocket down which so many frames came. */
function flood(frames: number): ReturnType<typeof record> {
  const recording = record();
  const answer = switching();
  const sent = frame(1, 'x').repeat(frames);
  recording.tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, upgrade()), bytes('down', 30, 0, answer));
  recording.tell(bytes('down', 40, answer.length, sent));
  return recording;
}

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

  it('are the same when messages were read ahead, a few at a time', () => {
    const { run, capture } = flood(120);
    const read: number[] = [];
    for (let from: number | null = 0; from !== null;) {
      read.push(from);
      from = readAhead(run(), capture.bytesOf, from, 0);
    }
    expect(read).toEqual([0, 50, 100]);
    expect(factsOf(run(), capture.bytesOf).sockets[0]?.down).toHaveLength(120);
  });

  it('tell what both consoles printed', () => {
    expect(facts.console).toEqual([{ side: 'server', level: 'log', text: 'asked', t: 31.5 }]);
  });
});
