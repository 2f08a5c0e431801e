import { describe, expect, it } from 'vitest';
import {
  boundariesRun,
  bufferingProxyRun,
  busyPagesRun,
  denseRun,
  longPollingRun,
  queuedRun,
  silentRun,
  sseRun,
  twoPagesRun,
  webSocketRun,
} from './fixtures/runs.ts';
import { WIRE_GEOMETRY, withSecondPage } from './geometry.ts';
import { layoutTape, type Tape } from './layout.ts';
import type { Boundary, Frame } from './layout/frame.ts';
import { hitTest } from './layout/hits.ts';
import { layoutLive } from './layout/live.ts';
import { pointsOf } from './layout/strokes.ts';
import { strokePaths } from './stroke-paths.ts';
import {
  arrived,
  bytes,
  LISTENING,
  network,
  OPENED,
  record,
  REQUEST,
  RUN,
} from '../../tests/support/recording.ts';
import type { Run } from '../capture/run.ts';

const PX_PER_MS = 0.2;
const x = (t: number) => t * PX_PER_MS;

function tapeOf(run: Run, more: Partial<Frame> = {}): Tape {
  return layoutTape({
    run,
    from: 0,
    to: 7_000,
    pxPerMs: PX_PER_MS,
    geometry: WIRE_GEOMETRY,
    selection: null,
    ...more,
  });
}

/** A request that the server holds for longer than an idle-timeout proxy waits: the proxy answers, and ends it. */
function proxyAnswersRun(): Run {
  const recording = record();
  const request = 'GET /slow HTTP/1.1\r\nHost: localhost:8080\r\n\r\n';
  const answer = 'HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
  recording.tell(
    RUN,
    LISTENING,
    OPENED,
    bytes('up', 100, 0, request),
    arrived('up', 300, request.length),
    { ...bytes('down', 2_200, 0, answer), by: 'proxy' },
    arrived('down', 2_300, answer.length),
    { type: 'connection-end', t: 2_400, connection: 1, by: 'proxy' },
  );
  return recording.run();
}

describe('a stream', () => {
  it('has thick heads and thin chunks', () => {
    const heads = tapeOf(sseRun()).strokes.map(({ head }) => head);
    expect(heads).toEqual([true, true, false, false, false, true, true, false, false, false, false]);
  });

  it('is held until its last byte: to the cut, and then to now', () => {
    const tape = tapeOf(sseRun());
    expect(tape.held.map(({ x1, x2 }) => [x1, x2])).toEqual([
      [x(200), x(3_120)],
      [x(4_320), null],
    ]);
    expect(layoutLive(tape, 6_120).held[0]!.x2).toBe(x(6_120));
  });

  it('is measured from its end to the request that goes on with it', () => {
    expect(tapeOf(sseRun()).dimensions.map(({ text, x1, x2 }) => [text, x1, x2])).toEqual([
      ['retry 1\u2009000 ms', x(3_120), x(4_120)],
    ]);
  });

  it('shows what was written while nobody listened as a dashed box, and again where it was sent', () => {
    const fourth = tapeOf(sseRun()).boxes.filter(({ label }) => label === '4');
    expect(fourth.map(({ state }) => state)).toEqual(['none', 'out', 'full']);
  });

  it('names the request that resumes it by what it resumes from', () => {
    const texts = tapeOf(sseRun()).labels.map(({ text }) => text);
    expect(texts).toContain('Last-Event-ID: 2');
  });
});

describe('long polling', () => {
  it('is held from each arrival to the answer, and the last one until now', () => {
    const bars = tapeOf(longPollingRun(5_000)).held.map(({ x1, x2 }) => [x1, x2]);
    expect(bars).toEqual([
      [x(170), x(1_000)],
      [x(1_305), x(2_600)],
      [x(2_905), x(3_900)],
      [x(4_205), null],
    ]);
  });
});

describe('a buffering proxy', () => {
  it('stands half-way as a rail of its own', () => {
    expect(tapeOf(bufferingProxyRun()).proxy).toBe((WIRE_GEOMETRY.yBrowser + WIRE_GEOMETRY.yServer) / 2);
    expect(tapeOf(sseRun()).proxy).toBeNull();
  });

  it('holds bytes on its rail and lets them go together, fanned out', () => {
    const tape = tapeOf(bufferingProxyRun());
    const released = tape.strokes.filter(({ via, state }) => via && state === 'arrived');
    const bends = released.map((stroke) => pointsOf(stroke)[2]!);
    expect(bends.map(({ y }) => y)).toEqual(Array(6).fill(tape.proxy));
    expect(bends.map(({ x: at }) => Math.round(at - bends[0]!.x))).toEqual([0, 7, 14, 21, 28, 35]);
    expect(strokePaths(released).held).toHaveLength(1);
  });

  it('that answers for itself speaks from its own rail, while the server goes on holding the request', () => {
    const tape = tapeOf(proxyAnswersRun());
    const [, answer] = tape.strokes;
    expect(answer).toMatchObject({ ink: 'proxy', y1: tape.proxy, y2: WIRE_GEOMETRY.yBrowser, via: null });
    expect(tape.held.map(({ x1, x2 }) => [x1, x2])).toEqual([[x(300), x(2_400)]]);
  });

  it('is still drawn to hold now what it did not let go', () => {
    const { flying } = layoutLive(tapeOf(bufferingProxyRun()), 6_300);
    expect(flying.map(({ solid }) => solid.at(-1)!.x)).toEqual(Array(3).fill(x(6_300)));
  });
});

describe('a switch to WebSocket', () => {
  it('is a double bar at the moment the 101 arrives, with its words once', () => {
    expect(tapeOf(webSocketRun()).switches).toEqual([{ x: x(250) + 2, text: '101 Switching Protocols' }]);
    expect(tapeOf(twoPagesRun()).switches.map(({ text }) => text)).toEqual(['', '101 Switching Protocols']);
  });

  it('dashes control frames and nothing else', () => {
    const run = webSocketRun(6_000);
    const dashed = tapeOf(run).strokes.filter((stroke) => stroke.dashed);
    const opcodes = dashed.map(({ message }) => {
      const { record } = run.messages.get(message)!;
      return record.kind === 'frame' ? record.opcode : null;
    });
    expect(opcodes).toEqual([9, 10, 8, 8]);
  });

  it('numbers messages per direction, in the ink of who spoke', () => {
    const { boxes } = tapeOf(webSocketRun());
    const labels = (ink: string, state: string) =>
      boxes.filter((box) => box.ink === ink && box.state === state).map(({ label }) => label);
    expect(labels('browser', 'out')).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(labels('browser', 'full')).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(labels('server', 'full')).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('gives a message in two frames one number, at its last frame', () => {
    const fragmented = tapeOf(webSocketRun(6_000)).boxes.filter(
      ({ ink, state, label }) => ink === 'server' && state === 'out' && label === '7',
    );
    expect(fragmented).toHaveLength(1);
  });

  it('keeps the numbers where the window begins later', () => {
    const labels = tapeOf(webSocketRun(), { from: 2_400 }).boxes.map(({ label }) => label);
    expect(new Set(labels)).toEqual(new Set(['3', '4', '5', '6', '7']));
  });
});

describe('a wire that falls silent', () => {
  it('loses what was on it, tells nobody, and is not drawn as ended', () => {
    const tape = tapeOf(silentRun());
    expect(tape.washes).toMatchObject([{ silent: x(3_100), end: null }]);
    expect(tape.cuts).toEqual([]);
    expect(tape.strokes.map(({ state }) => state).slice(-3)).toEqual(['lost', 'lost', 'lost']);
  });
});

describe('a call that waits for a connection', () => {
  it('is an open bar on the browser rail until its request begins', () => {
    expect(tapeOf(queuedRun()).waiting).toMatchObject([
      { x1: x(13.2), x2: x(1_130), y: WIRE_GEOMETRY.yBrowser },
    ]);
  });
});

describe('two pages', () => {
  const geometry = withSecondPage(WIRE_GEOMETRY, 'B');

  it('have rails of their own, with the server between them', () => {
    const { strokes } = tapeOf(twoPagesRun(), { geometry });
    const rails = new Set(strokes.map(({ y1, y2 }) => `${y1} ${y2}`));
    const [a, s, b] = [geometry.yBrowser, geometry.yServer, geometry.second!.y];
    expect(rails).toEqual(new Set([`${a} ${s}`, `${s} ${a}`, `${b} ${s}`, `${s} ${b}`]));
  });

  it('have their words on their own side', () => {
    const { flags } = tapeOf(twoPagesRun(), { geometry });
    const sides = flags.map(({ event, y1 }) => [event.page, y1 > geometry.yServer]);
    for (const [page, isBelow] of sides) expect(isBelow).toBe(page === 'B');
  });

  it('get what nobody asked for where their connection leads, in a box of nobody’s', () => {
    const recording = record();
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
    recording.tell(RUN, LISTENING, OPENED, bytes('up', 100, 0, REQUEST), bytes('down', 200, 0, answer));
    recording.capture.page(1, [network('fetch', 90, 8), network('response', 250, 8)], 'B');
    recording.tell(bytes('down', 2_000, answer.length, answer), arrived('down', 2_100, answer.length * 2));
    const { strokes, boxes } = tapeOf(recording.run(), { geometry });
    expect(strokes.map(({ y2 }) => y2)).toEqual([geometry.yServer, geometry.second!.y, geometry.second!.y]);
    expect(boxes).toMatchObject([{ label: '200', state: 'none', selection: { message: 'c1-down-1' } }]);
    expect(boxes[0]!.rect.y).toBeGreaterThan(geometry.second!.y);
    expect(boxes[0]!.rect.x).toBeCloseTo(x(2_100) - boxes[0]!.rect.width / 2, -1);
  });
});

describe('boundaries', () => {
  const count = (boundary: Boundary) => tapeOf(boundariesRun(), { boundary }).strokes.length - 2;

  it('make as many strokes as there are chunks, writes, reads and events', () => {
    expect(count('messages')).toBe(5);
    expect(count('writes')).toBe(6);
    expect(count('segments')).toBe(6);
    expect(count('events')).toBe(3);
  });

  it('draw an event from its first byte to its last, over the chunks between', () => {
    const last = tapeOf(boundariesRun(), { boundary: 'events' }).strokes.at(-1)!;
    expect([last.entered, last.until]).toEqual([2_000, 2_500]);
  });
});

describe('density', () => {
  const run = denseRun(2_000);
  const tape = tapeOf(run, { to: run.end, pxPerMs: 0.02 });

  it('counts every message once', () => {
    const counted = tape.density!.bars.reduce((sum, bar) => sum + bar.count, 0);
    expect(counted).toBe(run.messages.length);
  });

  it('lets a click on a bar follow a message of that direction near that time', () => {
    const { rect, ink } = tape.density!.bars.at(-1)!;
    const found = hitTest(tape, rect.x + 2, rect.y + 1, 12)!;
    const message = run.messages.get(found.message)!;
    expect(message.direction).toBe(ink === 'browser' ? 'up' : 'down');
    expect(Math.abs(x(message.sent) * 0.1 - rect.x)).toBeLessThan(rect.width * 2);
  });
});

describe('density of two pages', () => {
  const geometry = withSecondPage(WIRE_GEOMETRY, 'B');
  const run = busyPagesRun();
  const { density, ...tape } = tapeOf(run, { to: run.end, pxPerMs: 0.02, geometry });

  it('counts each page’s messages between its own rail and the server’s', () => {
    const { yBrowser, yServer, second } = geometry;
    for (const page of ['A', 'B']) {
      for (const direction of ['up', 'down'] as const) {
        const bars = density!.bars.filter(
          ({ ink, below }) => below === (page === 'B') && ink === (direction === 'up' ? 'browser' : 'server'),
        );
        const counted = bars.reduce((sum, { count }) => sum + count, 0);
        const messages = [...run.messages].filter(
          (message) => message.page === page && message.direction === direction,
        );
        expect(counted).toBe(messages.length);
        const [top, bottom] = page === 'A' ? [yBrowser, yServer] : [yServer, second!.y];
        for (const { rect } of bars) {
          expect(rect.y).toBeGreaterThan(top);
          expect(rect.y + rect.height).toBeLessThan(bottom);
        }
      }
    }
  });

  it('lets a click on a bar follow a message of that page', () => {
    for (const { rect, ink, below } of density!.bars) {
      for (const part of [0.1, 0.3, 0.5, 0.7, 0.9]) {
        const found = hitTest({ density, ...tape }, rect.x + part * rect.width, rect.y + 1, 0)!;
        const direction = ink === 'browser' ? 'up' : 'down';
        expect(run.messages.get(found.message)).toMatchObject({ page: below ? 'B' : 'A', direction });
      }
    }
  });
});

describe('a ping that is followed', () => {
  it.each(['ping', 'pong'])('is measured until its pong has arrived, also by way of the %s', (which) => {
    const run = webSocketRun();
    const [ping, pong] = [9, 10].map((opcode) =>
      [...run.messages].find(({ record }) => record.kind === 'frame' && record.opcode === opcode)!,
    );
    const message = (which === 'ping' ? ping : pong)!.id;
    const [dimension] = tapeOf(run, { selection: { message } }).dimensions;
    expect(dimension?.x1).toBeCloseTo(x(ping!.sent));
    expect(dimension?.x2).toBeCloseTo(x(pong!.arrived!));
  });
});
