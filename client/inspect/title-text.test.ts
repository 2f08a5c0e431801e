import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Run, WireMessage } from '../capture/run.ts';
import { messageList } from '../capture/index.ts';
import { Dissection } from '../../tests/support/dissection.ts';
import { close, frame, switching, upgrade } from '../../tests/support/websocket-bytes.ts';
import texts from '../i18n/en/inspect.json';
import { subjectOf } from './subject.ts';
import { tagText, whatText } from './title-text.ts';

let t: TFunction<'inspect'>;
beforeAll(async () => {
  const i18n = i18next.createInstance();
  await i18n.init({
    lng: 'en',
    showSupportNotice: false,
    resources: { en: { inspect: texts } },
    interpolation: { escapeValue: false },
  });
  t = i18n.getFixedT('en', 'inspect') as TFunction<'inspect'>;
});

/** Messages of one direction of one connection, as the capture makes them. */
function messagesOf(dissection: Dissection, direction: 'up' | 'down'): WireMessage[] {
  const contents = dissection.contents(direction);
  return dissection.records(direction).map(
    (record, index) =>
      ({
        id: `c1-${direction}-${index}`,
        direction,
        record,
        segments: [],
        peer: null,
        part: 'message' in record ? `c1-${direction}-${record.message}` : null,
        contents: contents.filter(({ ranges }) =>
          ranges.some(({ start, end }) => start < record.end && end > record.start),
        ),
      }) as unknown as WireMessage,
  );
}

function titles(messages: WireMessage[], delivery?: string): string[] {
  const run = { messages: messageList(messages) } as Run;
  return messages.map(({ id }) => {
    const subject = subjectOf(run, { message: id, ...(delivery && { delivery }) })!;
    return `${tagText(subject, t)}: ${whatText(subject, t)}`;
  });
}

describe('the title of a frame', () => {
  const mask = 0x01020304;
  it('says its opcode, its mask, and whether it is a part', () => {
    const dissection = new Dissection().feed(
      ['up', upgrade()],
      ['down', switching()],
      ['up', frame(1, 'hi', { mask }) + frame(2, 'a', { mask, fin: false }) + frame(0, 'b', { mask })],
      ['up', frame(9, '', { mask }) + close(1000, '', { mask })],
    );
    expect(titles(messagesOf(dissection, 'up')).slice(1)).toEqual([
      'Frame 1: text, masked',
      'Frame 2: binary, a fragment, masked',
      'Frame 3: continuation, a fragment, masked',
      'Frame 4: ping, masked',
      'Frame 5: close 1000, masked',
    ]);
  });
});

describe('the title of a chunk', () => {
  const response = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`;

  it('says of which response it is, and its place there where that is another number', () => {
    const dissection = new Dissection().feed(['up', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(2)]);
    const down = messagesOf(dissection.feed(['down', response + response]), 'down');
    expect(titles(down).filter((title) => title.startsWith('Chunk'))).toEqual([
      'Chunk 1: of response 1, 2 B of data',
      'Chunk 2: of response 1',
      'Chunk 3: no. 1 of response 2, 2 B of data',
      'Chunk 4: no. 2 of response 2',
    ]);
    expect(titles(down, 'message 7')[1]).toBe('Message 7: in Chunk 1, of response 1, 2 B of data');
  });
});
