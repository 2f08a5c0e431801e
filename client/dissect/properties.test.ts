import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONVERSATIONS } from '../../tests/support/conversations.ts';
import { Dissection } from '../../tests/support/dissection.ts';
import { brokenRule } from '../../tests/support/dissection-rules.ts';
import { dissected, type Mutation } from '../../tests/support/mutations.ts';
import { switching, upgrade } from '../../tests/support/websocket-bytes.ts';

const part = fc.nat(65_535);
const conversation = fc.constantFrom(...Object.values(CONVERSATIONS));
const cuts = fc.array(part, { maxLength: 20 });
const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('set', 'flip', 'cut', 'repeat', 'insert', 'lose'),
  direction: fc.constantFrom('up', 'down'),
  at: part,
  length: fc.nat(39),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(0x0a, 0x0d, 0x00, 0xff, 0x3a, 0x20, 0x3c, 0x28, 0x81)),
});
const spoiled = fc.record({ conversation, mutations: fc.array(mutation, { maxLength: 4 }), cuts });

/** Without what a pong answers: that depends on which direction was read first. */
function all(dissection: Dissection) {
  return (['up', 'down'] as const).map((direction) => ({
    records: dissection.withFields(direction).map((record) => ({ ...record, answers: null })),
    contents: dissection.contents(direction),
  }));
}

describe('whatever the bytes are', () => {
  it('how they are divided changes nothing', () => {
    fc.assert(
      fc.property(spoiled, (input) => {
        expect(all(dissected(input))).toEqual(all(dissected({ ...input, cuts: [] })));
      }),
      { numRuns: 400 },
    );
  });

  it('records cover the stream, fields cover the record, contents lie within', () => {
    fc.assert(
      fc.property(spoiled, (input) => {
        expect(brokenRule(dissected(input), true)).toBeNull();
      }),
      { numRuns: 600 },
    );
  });

  it('the changes told on the way are the same story', () => {
    fc.assert(
      fc.property(spoiled, (input) => {
        const dissection = new Dissection({ takesOften: true });
        const once = dissected(input);
        dissection.feed(...once.steps);
        expect(all(dissection)).toEqual(all(once));
      }),
      { numRuns: 200 },
    );
  });

  it('random frames are read to their end', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 10 }), (pieces) => {
        const dissection = new Dissection().feed(['up', upgrade()], ['down', switching()]);
        for (const piece of pieces) dissection.feed(['up', piece], ['down', piece]);
        expect(brokenRule(dissection.feed(['end', 'up'], ['end', 'down']), true)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});
