import { UNIMPAIRED } from '#protocol/telemetry';
import { describe, expect, it } from 'vitest';
import { laneList, messageList, NO_WORDS, totalsOf } from '../capture/index.ts';
import type { Run, Selection, WireMessage } from '../capture/run.ts';
import { connection, lane, message, pollingRun, request, response } from './fixtures/polling-run.ts';
import { COMPACT_GEOMETRY, MINI_GEOMETRY, WIRE_GEOMETRY } from './geometry.ts';
import { layoutTape, type Tape } from './layout.ts';
import { overlaps, type Rect } from './layout/frame.ts';
import { hitTest } from './layout/hits.ts';
import { layoutLive } from './layout/live.ts';

const { yBrowser, yServer } = WIRE_GEOMETRY;

/** 7 s in 854 px, as on the lesson page. */
function tapeOf(
  run: Run,
  { selection = null, pxPerMs = 0.122, from = -120, to = 6_880 }: Partial<Settings> = {},
): Tape {
  return layoutTape({ run, from, to, pxPerMs, geometry: WIRE_GEOMETRY, selection });
}
interface Settings {
  selection: Selection | null;
  pxPerMs: number;
  from: number;
  to: number;
}

/** A run of one connection that carries these messages. */
function runOf(messages: WireMessage[], more: Partial<Run> = {}): Run {
  return {
    ...pollingRun({ polls: 0 }),
    connections: [connection(1, 0)],
    deliveries: [],
    serverEvents: NO_WORDS,
    messages: messageList(messages),
    totals: totalsOf(messages),
    ...more,
  };
}

const up = (id: string, sent: number, arrived: number | null, more = {}) =>
  message({ id, direction: 'up', sent, arrived, record: request(0), ...more });
const down = (id: string, sent: number, arrived: number | null, more = {}) =>
  message({ id, direction: 'down', sent, arrived, record: response(0, 200), ...more });

describe('strokes', () => {
  it('go from rail to rail, their slope being the measured latency', () => {
    const [asked, answered] = tapeOf(pollingRun()).strokes;
    expect(asked).toMatchObject({ ink: 'browser', head: true, y1: yBrowser, y2: yServer, state: 'arrived' });
    expect(asked!.x2 - asked!.x1).toBeCloseTo(150 * 0.122);
    expect(answered).toMatchObject({ ink: 'server', y1: yServer, y2: yBrowser });
    expect(answered!.x1).toBeCloseTo((162 + 120) * 0.122);
  });

  it('are thick for the first bytes of a message and thin for what follows', () => {
    const segments = [
      { start: 0, end: 100, entered: 200, arrived: 350, recorded: true },
      { start: 100, end: 140, entered: 1_200, arrived: 1_350, recorded: true },
    ];
    expect(tapeOf(runOf([down('d', 200, 1_350, { segments })])).strokes.map(({ head }) => head)).toEqual([
      true,
      false,
    ]);
  });

  it('of a body in very many segments are found without looking through all of them for each', () => {
    let looked = 0;
    const segments = Array.from({ length: 4_000 }, (_, n) => ({
      get start() {
        looked++;
        return n * 10;
      },
      ...{ end: n * 10 + 10, entered: 200 + n, arrived: 350 + n, recorded: true },
    }));
    const whole = { ...response(0, 200), end: 40_000 };
    const { strokes } = tapeOf(runOf([down('d', 200, 4_350, { segments, record: whole })]), { pxPerMs: 5 });
    expect(strokes.map(({ entered }) => entered)).toEqual(segments.map(({ entered }) => entered));
    expect(looked).toBeLessThan(4_000 * 20);
  });

  it('fan out by 7 px when bytes enter the wire at the same moment', () => {
    const strokes = tapeOf(runOf(['a', 'b', 'c'].map((id) => down(id, 1_000, 1_150)))).strokes;
    const first = strokes[0]!.x1;
    expect(strokes.map(({ x1 }) => x1 - first)).toEqual([0, 7, 14]);
    expect(strokes.map(({ x2, x1 }) => x2 - x1)).toEqual(Array(3).fill(strokes[0]!.x2 - first));
  });

  it('keep an upright request apart from its upright answer', () => {
    const [asked, answered] = tapeOf(runOf([up('u', 1_000, 1_000.3), down('d', 1_001, 1_001.3)])).strokes;
    expect(answered!.x1 - asked!.x1).toBeCloseTo(7);
  });

  it('do not drift away from their times where they follow closely', () => {
    const many = Array.from({ length: 200 }, (_, n) => down(`d${n}`, 100 + n * 28, 250 + n * 28));
    for (const { shift } of tapeOf(runOf(many)).strokes) expect(shift).toBeLessThanOrEqual(7);
  });

  it('end in a cross between the rails when the connection ended first', () => {
    const lost = down('d', 3_000, null, { lost: true });
    const cut = { ...connection(1, 0), ended: { t: 3_060, by: 'cut' as const } };
    const tape = tapeOf(runOf([lost], { connections: [cut], conditions: { ...UNIMPAIRED, latencyMs: 150 } }));
    expect(tape.strokes[0]).toMatchObject({ state: 'lost' });
    expect(tape.strokes[0]!.y2).toBeCloseTo(yServer + (yBrowser - yServer) * 0.4);
    expect(tape.cuts).toEqual([Math.round((3_060 + 120) * 0.122)]);
  });

  it('are left out when they lie beyond the stretch', () => {
    const tape = tapeOf(pollingRun({ polls: 100, end: 99_000 }), { from: 40_000, to: 47_000 });
    expect(tape.strokes.length).toBe(14);
  });
});

describe('bytes in flight', () => {
  const run = pollingRun({ polls: 6, end: 5_060 });

  it('are solid to the playhead and expected on the far rail after the latency', () => {
    const [flying] = layoutLive(tapeOf(run), 5_085).flying;
    expect(flying).toMatchObject({ message: 'c1-up-2000', state: 'flying', y2: yServer });
    const tip = flying!.solid.at(-1)!;
    expect(tip.x).toBeCloseTo((5_085 + 120) * 0.122);
    expect(tip.y).toBeCloseTo(yBrowser + (yServer - yBrowser) * 0.5);
    expect(flying!.dotted[0]).toEqual(tip);
    expect(flying!.dotted[1]!.x).toBeCloseTo((5_160 + 120) * 0.122);
  });

  it('never touch the far rail before they were seen to arrive', () => {
    const [flying] = layoutLive(tapeOf(run), 5_600).flying;
    const tip = flying!.solid.at(-1)!;
    expect(tip.y).toBeLessThan(yServer);
    expect(flying!.dotted[1]!.x).toBeGreaterThan(tip.x);
  });
});

describe('connections', () => {
  it('lie on lanes of their own while they are open together, and reuse a free lane', () => {
    const connections = [connection(1, 0, 2_000), connection(2, 500, 3_000), connection(3, 2_500, 4_000)];
    const washes = tapeOf(runOf([], { connections })).washes;
    expect(washes.map(({ lane }) => lane)).toEqual([0, 1, 0]);
    expect(washes[1]!.top).toBeGreaterThan(washes[0]!.top);
  });

  it('hold consecutive exchanges in one wash', () => {
    const tape = tapeOf(pollingRun());
    expect(tape.washes).toHaveLength(2);
    expect(layoutLive(tape, 6_000).washes.map(({ connection: id }) => id)).toEqual([1]);
  });

  it('end at the browser no earlier than the last bytes arrived there', () => {
    const connections = [{ ...connection(1, 0), ended: { t: 1_000, by: 'server' as const } }];
    const [wash] = tapeOf(runOf([down('d', 990, 1_140)], { connections })).washes;
    expect(wash!.end!.browser - wash!.end!.server).toBeCloseTo(140 * 0.122);
  });

  it('are marked when they carry what is followed', () => {
    const washes = tapeOf(pollingRun(), { selection: { message: 'c1-up-0' } }).washes;
    expect(washes.map(({ selected }) => selected)).toEqual([true, false]);
  });
});

describe('held requests', () => {
  it('are bars from their arrival to the last byte of the answer', () => {
    const [bar] = tapeOf(pollingRun({ polls: 1, heldMs: 500 })).held;
    expect([bar!.x1, bar!.x2]).toEqual([(160 + 120) * 0.122, (660 + 120) * 0.122]);
  });

  it('last until now while they are held', () => {
    const tape = tapeOf(runOf([up('u', 100, 250)]));
    expect(tape.held).toMatchObject([{ x2: null }]);
    expect(layoutLive(tape, 900).held[0]!.x2).toBeCloseTo((900 + 120) * 0.122);
  });
});

describe('deliveries', () => {
  it('have an outlined box when made and a solid one when handled', () => {
    const boxes = tapeOf(pollingRun({ polls: 2, end: 1_800 })).boxes;
    expect(boxes.map(({ label, state }) => [label, state])).toEqual([
      ['1', 'out'],
      ['1', 'full'],
    ]);
    expect(boxes[0]!.rect.y).toBeGreaterThan(yServer);
    expect(boxes[1]!.rect.y).toBeLessThan(yBrowser);
  });

  it('are grey when the run ended without them', () => {
    const boxes = tapeOf(pollingRun({ polls: 2, end: 1_900, live: false })).boxes;
    expect(boxes.filter(({ state }) => state === 'none').map(({ label }) => label)).toEqual(['2']);
  });

  it('stay apart or join into a run, with a range above six', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        name: `message ${n + 3}`,
        label: String(n + 3),
        created: 1_000 + n,
        handled: null,
        message: null,
      }));
    const labels = (count: number) =>
      tapeOf(runOf([], { deliveries: many(count) })).boxes.map(({ label }) => label);
    expect(labels(3)).toEqual(['3', '4', '5']);
    expect(labels(7)).toEqual(['3…9']);
    const rects = tapeOf(runOf([], { deliveries: many(6) })).boxes.map(({ rect }) => rect);
    expect(anyOverlap(rects)).toBe(false);
  });
});

describe('words', () => {
  it('lie on no stroke and on no other word', () => {
    const { labels, strokes } = tapeOf(pollingRun());
    expect(labels.length).toBeGreaterThan(6);
    for (const { x, y, anchor, text } of labels) {
      const width = text.length * 7.2;
      const left = anchor === 'start' ? x : x - width;
      for (const { x1, y1, x2, y2 } of strokes) {
        const at = x1 + ((x2 - x1) * (y - 4 - y1)) / (y2 - y1);
        expect(at > left && at < left + width).toBe(false);
      }
    }
  });

  it('are short where the long form does not fit, and absent where nothing does', () => {
    const texts = (pxPerMs: number) =>
      new Set(tapeOf(pollingRun(), { pxPerMs }).labels.map(({ text }) => text));
    expect(texts(0.4)).toContain('GET /messages');
    expect(texts(0.122)).toContain('GET');
    expect(texts(0.122)).not.toContain('GET /messages');
    expect(texts(0.02)).not.toContain('GET');
  });

  it('of one lane never overlap and use the second row before they give way to a tick', () => {
    const jsEvents = [0, 100, 200, 300].map((t) => lane(`e${t}`, 1_000 + t, 'readystatechange', 'callback'));
    const { flags } = tapeOf(runOf([], { jsEvents: laneList(jsEvents) }));
    const words = flags.filter(({ text }) => text !== null);
    expect(new Set(words.map(({ text }) => text!.y)).size).toBe(2);
    expect(anyOverlap(words.map(({ rect }) => rect))).toBe(false);
    expect(flags).toHaveLength(4);
  });
});

describe('the dimension line', () => {
  it('spans the followed delivery from being made to being handled', () => {
    const run = pollingRun();
    const [dimension] = tapeOf(run, {
      selection: { message: run.deliveries[0]!.message!, delivery: 'message 1' },
    }).dimensions;
    expect(dimension!.text).toBe('message 1: 613 ms');
    expect(dimension!.x2 - dimension!.x1).toBeCloseTo(613 * 0.122);
  });

  it('spans the exchange, whichever half of it is followed', () => {
    const text = (id: string) => tapeOf(pollingRun(), { selection: { message: id } }).dimensions[0]?.text;
    expect(text('c1-up-0')).toBe('302 ms');
    expect(text('c1-down-0')).toBe('302 ms');
  });
});

describe('density', () => {
  const run = pollingRun({ polls: 600, end: 599_000 });

  it('replaces strokes with less than 2.5 px each by bars that state their count', () => {
    const tape = tapeOf(run, { from: 0, to: 600_000, pxPerMs: 0.0014 });
    expect(tape.strokes).toEqual([]);
    expect(tape.density).toMatchObject({ binMs: 10_000, tallest: 10 });
    const counted = tape.density!.bars.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(run.messages.length);
  });

  it('still draws what is followed', () => {
    const settings = { from: 0, to: 600_000, pxPerMs: 0.0014, selection: { message: 'c1-up-400' } };
    expect(tapeOf(run, settings).strokes.map(({ message: id }) => id)).toEqual(['c1-up-400']);
  });

  it('says in words only what went wrong where a lane has no room for ticks, though strokes have', () => {
    const words = Array.from({ length: 5_000 }, (_, n) => ({
      ...lane(`w${n}`, n, n === 4_000 ? 'error' : 'message', 'callback'),
      bad: n === 4_000,
    }));
    const tape = tapeOf({ ...pollingRun(), jsEvents: laneList(words) }, { to: 5_000 });
    expect(tape.density).toBeNull();
    expect(tape.flags.filter(({ event }) => event.id.startsWith('w')).map(({ title }) => title)).toEqual([
      'error',
    ]);
  });

  it('leaves strokes alone where they have room', () => {
    expect(tapeOf(pollingRun()).density).toBeNull();
  });
});

describe('gaps', () => {
  it('are areas that last while nothing is recorded', () => {
    const gaps = [{ from: 4_200, to: null, reason: 'telemetry-lost' as const }];
    expect(tapeOf(runOf([], { gaps })).gaps).toMatchObject([{ x1: (4_200 + 120) * 0.122, x2: null }]);
  });
});

describe('the graticule', () => {
  it('is labelled in seconds from 0 on, by steps of 1, 2 or 5', () => {
    const labels = (pxPerMs: number) =>
      tapeOf(runOf([]), { pxPerMs }).grid.flatMap(({ label }) => label ?? []);
    expect(labels(0.122)).toEqual(['0 s', '1', '2', '3', '4', '5', '6']);
    expect(labels(0.04).slice(0, 3)).toEqual(['0 s', '2', '4']);
    expect(labels(0.4).slice(0, 3)).toEqual(['0 s', '0.2', '0.4']);
  });
});

describe('a click', () => {
  it('takes the nearest stroke within reach, and a box before any stroke', () => {
    const run = pollingRun();
    const targets = tapeOf(run);
    const { strokes, boxes } = targets;
    const stroke = strokes[2]!;
    const [x, y] = [(stroke.x1 + stroke.x2) / 2, (stroke.y1 + stroke.y2) / 2];
    expect(hitTest(targets, x - 9, y, 12)).toEqual({ message: stroke.message });
    expect(hitTest(targets, x - 40, y, 12)).toBeNull();
    const { rect } = boxes.find(({ state }) => state === 'full')!;
    expect(hitTest(targets, rect.x + 8, rect.y + 8, 12)).toEqual({
      message: run.deliveries[0]!.message,
      delivery: 'message 1',
    });
  });
});

describe('geometries', () => {
  it('of the miniature draw the signal and no words', () => {
    const frame = { run: pollingRun(), from: -100, to: 6_200, pxPerMs: 0.04, selection: null };
    const tape = layoutTape({ ...frame, geometry: MINI_GEOMETRY });
    expect(tape.strokes.length).toBeGreaterThan(8);
    expect([...tape.labels, ...tape.flags, ...tape.boxes, ...tape.grid]).toEqual([]);
  });

  it('of the phone have the same rails, so that the same leads fit', () => {
    expect(COMPACT_GEOMETRY).toMatchObject({ yBrowser, yServer });
  });
});

function anyOverlap(rects: Rect[]): boolean {
  return rects.some((one, n) => rects.slice(n + 1).some((other) => overlaps(one, other)));
}
