import { describe, expect, it } from 'vitest';
import { frameOf, linkToFrame } from './frame-link.ts';

describe('a link to a message', () => {
  it('names it in the fragment, and keeps the rest of the address', () => {
    const link = linkToFrame('http://localhost:3000/lessons/sse?lang=en#old', 'c1-down-3');
    expect(link).toBe('http://localhost:3000/lessons/sse?lang=en#frame=c1-down-3');
    expect(frameOf(new URL(link).hash)).toBe('c1-down-3');
  });

  it.each(['', '#', '#top', '#frames=1'])('is not in %j', (hash) => expect(frameOf(hash)).toBeNull());
});
