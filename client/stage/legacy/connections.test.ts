import { describe, expect, it } from 'vitest';
import { createConnections } from './connections.ts';

/** Takes connections to these addresses, and tells in which order their requests began. */
function take(...urls: string[]) {
  const { take } = createConnections(2);
  const begun: number[] = [];
  const giveBack = urls.map((url, index) => take(url, () => begun.push(index)));
  return { begun, giveBack };
}

const HOST = 'http://localhost:8080';

describe('two connections to a host', () => {
  it('begin two requests at once; the third begins when one is over', () => {
    const { begun, giveBack } = take(`${HOST}/a`, `${HOST}/b`, `${HOST}/c`, `${HOST}/d`);
    expect(begun).toEqual([0, 1]);
    giveBack[1]!();
    expect(begun).toEqual([0, 1, 2]);
    giveBack[0]!();
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('are counted for each port of its own', () => {
    expect(take(`${HOST}/a`, `${HOST}/b`, 'http://localhost:8081/c').begun).toEqual([0, 1, 2]);
  });

  it('pass over a request that has left the queue', () => {
    const { begun, giveBack } = take(`${HOST}/a`, `${HOST}/b`, `${HOST}/c`, `${HOST}/d`);
    giveBack[2]!();
    giveBack[0]!();
    expect(begun).toEqual([0, 1, 3]);
  });

  it('are given back once, however often that is said', () => {
    const { begun, giveBack } = take(`${HOST}/a`, `${HOST}/b`, `${HOST}/c`, `${HOST}/d`);
    giveBack[0]!();
    giveBack[0]!();
    expect(begun).toEqual([0, 1, 2]);
  });
});
