import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Dissection, utf8 } from '../../../tests/support/dissection.ts';
import {
  close,
  deflater,
  frame,
  switching,
  upgrade,
  type FrameOptions,
} from '../../../tests/support/websocket-bytes.ts';
import { clauseOf } from '../clauses.ts';
import { isHttpMessage, type FrameRecord, type WebSocketMessageContent } from '../records.ts';

const DEFLATE = 'Sec-WebSocket-Extensions: permessage-deflate';
const MASK = 0x37fa213d;
const masked = (opcode: number, payload = '', options: FrameOptions = {}) =>
  frame(opcode, payload, { mask: MASK, ...options });

/** The frames and messages of a connection that has just switched to WebSocket. */
function talk({ up = '', down = '', extension = false, more = '' }) {
  const offer = extension ? [DEFLATE] : [];
  const agreed = extension ? [DEFLATE + more] : [];
  const dissection = new Dissection().feed(
    ['up', upgrade(...offer)],
    ['down', switching(...agreed)],
    ['down', down],
    ['up', up],
  );
  const frames = (direction: 'up' | 'down') =>
    dissection.withFields(direction).filter((record) => !isHttpMessage(record)) as FrameRecord[];
  const messages = (direction: 'up' | 'down') => dissection.contents(direction) as WebSocketMessageContent[];
  return {
    dissection,
    up: frames('up'),
    down: frames('down'),
    upMessages: messages('up'),
    downMessages: messages('down'),
  };
}
const reasons = (frames: FrameRecord[]) =>
  frames.map(({ malformed }) => malformed.map(({ reason, offset }) => `${reason} ${offset}`));

describe('a frame', () => {
  it.each([
    ['its header', 1],
    ['its payload', 4],
  ])('that the connection ends within, in %s, was not closed in order', (_, length) => {
    const { dissection } = talk({ down: frame(1, 'Hello').slice(0, length) });
    const [, cut] = dissection.feed(['end', 'down']).withFields('down');
    expect(cut).toMatchObject({ malformed: [{ offset: length, reason: 'wsTruncated' }] });
    expect(clauseOf('wsTruncated')).toBe('RFC 6455 §7.1.4');
  });

  it('is divided into its bits, its length, its key and its payload', () => {
    const { up } = talk({ up: masked(1, 'Hello') });
    expect(up).toMatchObject([
      {
        kind: 'frame',
        complete: true,
        fin: true,
        rsv: 0,
        opcode: 1,
        maskingKey: MASK,
        payloadLength: 5,
        headerLength: 6,
        data: 5,
        malformed: [],
        fields: [
          { role: 'kind', name: '81', note: 'inspect:frame.text' },
          { role: 'length', name: '85', note: 'inspect:frame.lengthMasked', params: { count: 5 } },
          { role: 'key', name: '37 fa 21 3d', note: 'inspect:frame.maskingKey' },
          { role: 'data', name: 'Hello', note: 'inspect:frame.payload' },
        ],
      },
    ]);
  });

  it.each([
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
  ])('of %d bytes has its length in the shortest form', (length, headerLength) => {
    const { down, downMessages } = talk({ down: frame(2, '\x01'.repeat(length)) });
    expect(down).toMatchObject([{ payloadLength: length, headerLength, complete: true, malformed: [] }]);
    expect(downMessages).toMatchObject([{ size: length, complete: true }]);
  });

  it('of more bytes than can be counted is never complete', () => {
    const { down } = talk({ down: '\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xffabc' });
    expect(down).toMatchObject([{ payloadLength: 2 ** 63, complete: false, data: 3, malformed: [] }]);
  });

  it('of more bytes than can be counted is unmasked wherever it is divided', () => {
    const { dissection } = talk({ up: '\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02\x03\x04i' });
    dissection.feed(['up', 'g']);
    expect(dissection.contents('up')).toMatchObject([{ text: 'he' }]);
  });

  it('without payload is complete with its header', () => {
    const { up, upMessages } = talk({ up: masked(1) });
    expect(up).toMatchObject([{ complete: true, payloadLength: 0 }]);
    expect(upMessages).toMatchObject([{ text: '', complete: true, frames: 1 }]);
  });
});

describe('a message', () => {
  it('is text, or bytes as hex', () => {
    const { downMessages } = talk({ down: frame(1, utf8('你好')) + frame(2, '\x00\xff') });
    expect(downMessages).toMatchObject([
      { kind: 'websocket-message', opcode: 1, text: '你好', size: 6, inflatedSize: null, complete: true },
      { opcode: 2, text: '00ff', complete: true },
    ]);
  });

  it('in fragments goes on over control frames', () => {
    const down =
      frame(1, 'Hel', { fin: false }) + frame(9, 'p') + frame(0, 'l', { fin: false }) + frame(0, 'o');
    const { down: frames, downMessages } = talk({ down });
    expect(reasons(frames)).toEqual([[], [], [], []]);
    expect(downMessages).toMatchObject([
      { opcode: 1, frames: 3, text: 'Hello', size: 5, complete: true, ranges: [{}, {}] },
      { opcode: 9, frames: 1, text: 'p', complete: true },
    ]);
  });

  it('that is not complete shows what is there', () => {
    const { downMessages } = talk({ down: frame(1, 'Hello').slice(0, 4) });
    expect(downMessages).toMatchObject([{ text: 'He', size: 2, complete: false }]);
  });

  it('that is long is cut in its text, not in its size', () => {
    const { downMessages } = talk({ down: frame(1, 'x'.repeat(100_000)) });
    expect(downMessages[0]!.text).toBe(`${'x'.repeat(16_384)}…`);
    expect(downMessages[0]!.size).toBe(100_000);
  });
});

describe('control frames', () => {
  it('pair a pong with the ping of the same payload', () => {
    const dissection = talk({ down: frame(9, 'a') + frame(9, 'b') }).dissection;
    dissection.feed(['up', masked(10, 'b') + masked(10, 'c')]);
    expect(dissection.records('up').slice(1)).toMatchObject([{ answers: 2 }, { answers: null }]);
  });

  it('pair a Close with the one it answers, and say why', () => {
    const { down, up, downMessages } = talk({
      down: close(1001, '再见'),
      up: close(1001, '', { mask: MASK }),
    });
    expect(down).toMatchObject([{ answers: null, malformed: [] }]);
    expect(up).toMatchObject([{ answers: 1, malformed: [] }]);
    expect(downMessages).toMatchObject([{ opcode: 8, closeCode: 1001, text: '再见', complete: true }]);
    expect(down[0]).toMatchObject({
      fields: [{}, {}, { name: '1001', note: 'inspect:frame.closeCode' }, { name: '再见' }],
    });
  });
});

describe('a violation is noted at its place', () => {
  it.each([
    ['an unmasked frame of the browser', 'up', frame(1, 'a'), 'wsUnmasked 1'],
    ['a masked frame of the server', 'down', masked(1, 'a'), 'wsMasked 1'],
    ['a length in 16 bits that fits 7', 'down', frame(1, 'a', { lengthBytes: 2 }), 'wsLengthForm 2'],
    [
      'a length in 64 bits that fits 16',
      'down',
      frame(1, 'a'.repeat(126), { lengthBytes: 8 }),
      'wsLengthForm 2',
    ],
    ['a length with its highest bit', 'down', '\x81\x7f\x80\0\0\0\0\0\0\0', 'wsLengthBit 2'],
    ['a reserved bit', 'down', frame(1, 'a', { rsv: 2 }), 'wsReservedBits 0'],
    ['compression that was not agreed on', 'down', frame(1, 'a', { rsv: 4 }), 'wsReservedBits 0'],
    ['a reserved opcode', 'down', frame(3, 'a'), 'wsOpcode 0'],
    ['a reserved control opcode', 'down', frame(11, 'a'), 'wsOpcode 0'],
    ['a control frame in fragments', 'down', frame(9, '', { fin: false }), 'wsControlFragmented 0'],
    ['a long control frame', 'down', frame(9, 'a'.repeat(126)), 'wsControlLength 1'],
    ['a continuation of nothing', 'down', frame(0, 'a'), 'wsContinuation 0'],
    ['a Close of one byte', 'down', frame(8, 'a'), 'wsCloseLength 2'],
    ['text that is no UTF-8', 'down', frame(1, 'ab\xff'), 'utf8 4'],
    ['text that ends within a character', 'down', frame(1, 'a\xe4\xbd'), 'utf8 5'],
    ['a reason that is no UTF-8', 'down', frame(8, '\x03\xe8a\xff'), 'utf8 5'],
  ] as const)('%s', (_, direction, bytes, expected) => {
    expect(reasons(talk({ [direction]: bytes })[direction])).toEqual([[expected]]);
  });

  it.each([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535])('close code %d', (code) => {
    expect(reasons(talk({ down: close(code) }).down)).toEqual([['wsCloseCode 2']]);
  });

  it.each([1000, 1003, 1007, 1014, 3000, 4999])('but not close code %d', (code) => {
    expect(reasons(talk({ down: close(code) }).down)).toEqual([[]]);
  });

  it('a message inside another', () => {
    const { down, downMessages } = talk({
      down: frame(1, 'a', { fin: false }) + frame(1, 'b') + frame(0, 'c'),
    });
    expect(reasons(down)).toEqual([[], ['wsInterrupted 0'], ['wsContinuation 0']]);
    expect(downMessages).toMatchObject([
      { text: 'a', complete: false },
      { text: 'b', complete: true },
    ]);
  });

  it('data after a Close', () => {
    expect(reasons(talk({ down: close(1000) + frame(1, 'a') + frame(9) }).down)).toEqual([
      [],
      ['wsAfterClose 0'],
      [],
    ]);
  });

  it('bad UTF-8 across fragments, where it is bad', () => {
    const { down } = talk({ down: frame(1, 'a\xe4', { fin: false }) + frame(0, '\xbd\x20') });
    expect(reasons(down)).toEqual([[], ['utf8 3']]);
    expect(reasons(talk({ down: frame(1, '\xe4', { fin: false }) + frame(0, '\xbd\xa0') }).down)).toEqual([
      [],
      [],
    ]);
  });
});

describe('compression', () => {
  it('is undone, message by message, each of which may refer back', () => {
    const deflate = deflater();
    const texts = ['{"from":"A","text":"hello"}', '{"from":"B","text":"hello"}', 'x'.repeat(5000)];
    const payloads = texts.map(deflate);
    const { down, downMessages } = talk({
      extension: true,
      down: payloads.map((payload) => frame(1, payload, { rsv: 4 })).join(''),
    });
    expect(reasons(down)).toEqual([[], [], []]);
    expect(downMessages).toMatchObject(
      texts.map((text, index) => ({ text, inflatedSize: text.length, size: payloads[index]!.length })),
    );
    expect(payloads[1]!.length).toBeLessThan(payloads[0]!.length);
    expect(down[1]).toMatchObject({ fields: [{}, {}, { note: 'inspect:frame.payloadCompressed' }] });
  });

  it('is undone over fragments, and leaves other messages alone', () => {
    const payload = deflater()('hello hello hello');
    const { up, upMessages } = talk({
      extension: true,
      up:
        masked(1, payload.slice(0, 3), { fin: false, rsv: 4 }) +
        masked(0, payload.slice(3)) +
        masked(1, 'plain'),
    });
    expect(reasons(up)).toEqual([[], [], []]);
    expect(upMessages).toMatchObject([
      { text: 'hello hello hello', inflatedSize: 17 },
      { text: 'plain', inflatedSize: null },
    ]);
  });

  it('without context takeover starts afresh with every message', () => {
    const more = '; server_no_context_takeover';
    const afresh = deflater(false);
    const good = talk({
      extension: true,
      more,
      down: frame(1, afresh('hello'), { rsv: 4 }) + frame(1, afresh('hello'), { rsv: 4 }),
    });
    expect(good.downMessages).toMatchObject([{ text: 'hello' }, { text: 'hello' }]);
    const referring = deflater();
    const bad = talk({
      extension: true,
      more,
      down: frame(1, referring('hello hello'), { rsv: 4 }) + frame(1, referring('hello hello'), { rsv: 4 }),
    });
    expect(reasons(bad.down)[1]![0]).toMatch(/^deflateCorrupt/);
  });

  it('that is broken is noted, and so is what builds on it', () => {
    const { down } = talk({
      extension: true,
      down: frame(1, '\xff\xff', { rsv: 4 }) + frame(1, deflater()('hello'), { rsv: 4 }),
    });
    expect(reasons(down)).toEqual([['deflateCorrupt 4'], [expect.stringMatching(/^deflateLost/)]]);
  });

  it('marks the first frame of a message only', () => {
    const { down } = talk({
      extension: true,
      down: frame(1, 'a', { fin: false }) + frame(0, 'b', { rsv: 4 }) + frame(9, '', { rsv: 4 }),
    });
    expect(reasons(down)).toEqual([[], ['wsRsv1 0'], ['wsRsv1 0']]);
  });

  it('of a bomb ends at its bound', () => {
    const bomb = deflateRawSync(Buffer.alloc(67_108_865), { finishFlush: constants.Z_SYNC_FLUSH })
      .subarray(0, -4)
      .toString('latin1');
    const { down, downMessages } = talk({ extension: true, down: frame(2, bomb, { rsv: 4 }) });
    expect(reasons(down)[0]![0]).toMatch(/^deflateTooLong/);
    expect(downMessages[0]!.inflatedSize).toBe(67_108_864);
  });
});

describe('bytes that were not recorded', () => {
  it('within a payload are counted', () => {
    const { dissection } = talk({ down: frame(1, 'x'.repeat(100)).slice(0, 10) });
    dissection.feed(['gap', 'down', 90], ['down', `xx${frame(1, 'next')}`]);
    const contents = dissection.contents('down');
    expect(contents).toMatchObject([
      { complete: true, size: 100 },
      { complete: true, text: 'next' },
    ]);
  });

  it('within a header leave the rest to itself: a frame has no mark to find it by', () => {
    const { dissection } = talk({ down: frame(1, 'x', { fin: false }) });
    dissection.feed(['gap', 'down', 10], ['down', frame(1, 'next')]);
    expect(dissection.records('down').slice(2)).toMatchObject([{ kind: 'bytes', because: 'lost' }]);
    expect(dissection.contents('down')).toMatchObject([{ complete: false }]);
  });
});
