import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../../capture/run.ts';
import type { SseEventContent } from '../../dissect/records.ts';
import { isDivided, spanning, tracksOf } from './tracks.ts';

const event = (start: number, end: number, complete = true) =>
  ({
    kind: 'sse-event',
    ranges: [{ start, end }],
    complete,
    dispatched: complete,
    event: 'tick',
  }) as SseEventContent;

function chunk(more: Partial<WireMessage>): WireMessage {
  return {
    record: { kind: 'chunk', start: 100, end: 140 },
    writes: [],
    segments: [],
    contents: [],
    ...more,
  } as unknown as WireMessage;
}
const shown = (message: WireMessage) =>
  tracksOf(message).map(({ border, pieces }) =>
    [border, ...pieces.map(({ from, to, cut }) => `${from}-${to}${cut ? ` ${cut}` : ''}`)].join(' '),
  );

describe('borders', () => {
  it('of writes, segments, the chunk and its events are offsets in the message', () => {
    const message = chunk({
      writes: [
        { start: 100, end: 120, name: 'res.write', at: { file: 'server.js', line: 7, column: 1 } },
        { start: 120, end: 140, name: 'res.write', cut: 'behind' },
      ],
      segments: [{ start: 100, end: 140, entered: 0, arrived: 1, recorded: true, cut: 'both' }],
      contents: [event(104, 130), event(130, 160)],
    });
    expect(shown(message)).toEqual([
      'write 0-20 20-40 behind',
      'segment 0-40 both',
      'chunk 0-40',
      'content 4-30 30-40 behind',
    ]);
    expect(isDivided(tracksOf(message))).toBe(true);
  });

  it('that are not known have no track; one of each is no division', () => {
    const message = chunk({ contents: [event(104, 138)] });
    expect(shown(message)).toEqual(['chunk 0-40', 'content 4-38']);
    expect(isDivided(tracksOf(message))).toBe(false);
  });

  it('of an event that is not complete lie open', () => {
    expect(shown(chunk({ contents: [event(104, 140, false)] }))[1]).toBe('content 4-40 behind');
  });
});

describe('what goes over several messages', () => {
  it('has bytes before this one, or behind it', () => {
    const contents = [event(80, 110), event(110, 130), event(130, 150), event(130, 140, false)];
    expect(spanning(chunk({ contents }))).toEqual([contents[0], contents[2]]);
  });
});
