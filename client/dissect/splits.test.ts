import { describe, expect, it } from 'vitest';
import { CONVERSATIONS, type Conversation } from '../../tests/support/conversations.ts';
import { Dissection } from '../../tests/support/dissection.ts';
import { brokenRule } from '../../tests/support/dissection-rules.ts';

const DIRECTIONS = ['up', 'down'] as const;
const snapshot = (dissection: Dissection) =>
  structuredClone(
    DIRECTIONS.map((direction) => ({
      records: dissection.withFields(direction),
      contents: dissection.contents(direction),
    })),
  );

function whole({ up, down, later = '' }: Conversation, end: boolean) {
  const dissection = new Dissection().feed(['up', up], ['down', down], ['up', later]);
  return end ? dissection.feed(['end', 'up'], ['end', 'down']) : dissection;
}

describe.each(Object.entries(CONVERSATIONS))('%s', (_, conversation) => {
  const { up, down, later = '' } = conversation;

  it('is covered by fields without hole or overlap', () => {
    expect(brokenRule(whole(conversation, true), true)).toBeNull();
  });

  it('reads the same for every split in two', () => {
    const expected = snapshot(whole(conversation, false));
    for (let at = 1; at < Math.max(up.length, down.length); at++) {
      const dissection = new Dissection();
      dissection.feed(['up', up.slice(0, at)], ['up', up.slice(at)]);
      dissection.feed(['down', down.slice(0, at)], ['down', down.slice(at)]);
      dissection.feed(['up', later.slice(0, at)], ['up', later.slice(at)]);
      expect(snapshot(dissection)).toEqual(expected);
    }
  });

  it('reads the same byte by byte, and on the way what was read is what was pushed at once', () => {
    const dissection = new Dissection();
    const seen = { up: '', down: '', later: '' };
    for (const turn of ['up', 'down', 'later'] as const) {
      for (const character of conversation[turn] ?? '') {
        seen[turn] += character;
        dissection.feed([turn === 'down' ? 'down' : 'up', character]);
        if (seen[turn].length % 5 > 0) continue;
        expect(snapshot(dissection)).toEqual(snapshot(whole(seen, false)));
      }
    }
  });
});
