import { describe, expect, it } from 'vitest';
import { aMinuteOf, quietOf, quietStretches } from './quiet.ts';

const said = {
  published: [1_000, 1_200, 20_000],
  handled: [1_300, 1_900, 20_300],
  cuts: [],
  end: 24_000,
  latencyMs: 100,
  asksEveryMs: 1_000,
  held: null,
};

describe('silence in a race', () => {
  it('begins when a message can have no consequences any more, and ends with the next', () => {
    expect(quietStretches(said)).toEqual([
      { from: 2_600, to: 20_000 },
      { from: 21_400, to: 24_000 },
    ]);
  });

  it('begins later when the page had a message late, and not at all when it never had it', () => {
    const late = quietStretches({ ...said, handled: [1_300, 9_000, null] });
    expect(late).toEqual([{ from: 9_200, to: 20_000 }]);
    expect(quietStretches({ ...said, handled: [null, 1_900, 20_300] })).toEqual([]);
  });

  it('begins sooner for who does not ask by itself', () => {
    expect(quietStretches({ ...said, asksEveryMs: 0 })[0]).toEqual({ from: 2_100, to: 20_000 });
  });

  it('begins when the server holds a request again, however late the page asked', () => {
    const held = [
      { reached: 0, ended: 1_000 },
      { reached: 1_600, ended: 1_650 },
      { reached: 3_000, ended: 20_000 },
    ];
    const stretches = quietStretches({ ...said, asksEveryMs: 0, held });
    expect(stretches).toEqual([{ from: 3_000, to: 20_000 }]);
    const again = quietStretches({
      ...said,
      asksEveryMs: 0,
      held: [...held, { reached: 20_900, ended: null }],
    });
    expect(again[1]).toEqual({ from: 20_900, to: 24_000 });
  });

  it('is not where connections were cut and came back', () => {
    expect(quietStretches({ ...said, cuts: [10_000] })[0]).toEqual({ from: 2_600, to: 10_000 });
    expect(quietStretches({ ...said, cuts: [10_000] })[1]).toEqual({ from: 12_400, to: 20_000 });
  });

  it('is not there in a race that speaks all the time, nor where nothing was said yet', () => {
    expect(quietStretches({ ...said, end: 20_500, published: [1_000, 2_500], cuts: [] }).length).toBe(1);
    expect(quietStretches({ ...said, published: [], handled: [] })).toEqual([]);
    expect(quietOf([], [{ sent: 1, bytes: 1 }])).toBeNull();
  });

  it('counts what was sent within it, and tells a minute from that', () => {
    const quiet = quietOf(
      [
        { from: 1_000, to: 4_000 },
        { from: 10_000, to: 13_000 },
      ],
      [900, 1_000, 3_999, 4_000, 12_000].map((sent) => ({ sent, bytes: 100 })),
    );
    expect(quiet).toEqual({ ms: 6_000, bytes: 300 });
    expect(aMinuteOf(quiet!)).toBe(3_000);
  });
});
