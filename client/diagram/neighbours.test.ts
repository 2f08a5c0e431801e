import { describe, expect, it } from 'vitest';
import { pollingRun } from './fixtures/polling-run.ts';
import { sseRun, webSocketRun } from './fixtures/runs.ts';
import { neighbour, type Step } from './neighbours.ts';

const run = pollingRun({ polls: 3 });
const ids = [...run.messages].map(({ id }) => id);
const step = (from: string | null, way: Step) => neighbour(run, from, way)?.id ?? null;

describe('stepping along the wire', () => {
  it('goes to the previous and next message in the order of the wire', () => {
    expect(step(ids[1]!, 'next')).toBe(ids[2]);
    expect(step(ids[1]!, 'previous')).toBe(ids[0]);
    expect(step(ids[0]!, 'previous')).toBeNull();
    expect(step(ids.at(-1)!, 'next')).toBeNull();
  });

  it('goes from a request to its response and back', () => {
    expect(step(ids[2]!, 'in')).toBe(ids[3]);
    expect(step(ids[3]!, 'out')).toBe(ids[2]);
    expect(step(ids[2]!, 'out')).toBeNull();
  });

  it('starts with the newest when nothing is followed', () => {
    expect(step(null, 'previous')).toBe(ids.at(-1));
    expect(step(null, 'first')).toBe(ids[0]);
  });

  it('goes from a message to its first chunk, and from any chunk to its message', () => {
    const stream = sseRun();
    const [response, first, second] = [...stream.messages].filter(({ direction }) => direction === 'down');
    expect(neighbour(stream, response!.id, 'in')?.id).toBe(first!.id);
    expect(neighbour(stream, second!.id, 'out')?.id).toBe(response!.id);
    expect(neighbour(stream, second!.id, 'in')).toBeNull();
  });

  it('goes from a ping to its pong and back', () => {
    const frames = webSocketRun();
    const [ping, pong] = [...frames.messages].filter(
      ({ record }) => record.kind === 'frame' && record.opcode >= 9,
    );
    expect(neighbour(frames, ping!.id, 'in')?.id).toBe(pong!.id);
    expect(neighbour(frames, pong!.id, 'out')?.id).toBe(ping!.id);
  });
});
