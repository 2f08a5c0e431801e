import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CONVERSATIONS } from '../../../tests/support/conversations.ts';
import { bytesOf } from '../../../tests/support/dissection.ts';
import { frame, head, switching, upgrade } from '../../../tests/support/websocket-bytes.ts';
import { createBatchDissector, type DissectUpdate } from '../batch.ts';
import { buffersOf, packUpdate, unpackUpdate } from './updates.ts';

/** What becomes known when both directions come at once. */
function updatesOf(up: string, down: string): DissectUpdate[] {
  return createBatchDissector().push([
    { connection: 1, direction: 'up', offset: 0, bytes: bytesOf(up) },
    { connection: 1, direction: 'down', offset: 0, bytes: bytesOf(down) },
  ]);
}

function crossed(update: DissectUpdate): DissectUpdate {
  const packed = packUpdate(update);
  return unpackUpdate(structuredClone(packed, { transfer: buffersOf(packed) }));
}

const chunk = (text: string) => `${text.length.toString(16)};a=${text.length}\r\n${text}\r\n`;

it('what crosses from the worker arrives as it was', () => {
  for (const { up, down } of Object.values(CONVERSATIONS)) {
    for (const update of updatesOf(up, down)) expect(crossed(structuredClone(update))).toEqual(update);
  }
});

it('frames and messages, chunks and events do so in columns', () => {
  const text = fc.string({ maxLength: 200, unit: 'binary' });
  fc.assert(
    fc.property(fc.array(text, { minLength: 20, maxLength: 60 }), (texts) => {
      const utf8 = texts.map((each) => String.fromCharCode(...new TextEncoder().encode(each)));
      const frames = utf8.map((each, index) =>
        frame(1 + (index % 2), each, { mask: index % 3 ? null : index }),
      );
      const events = utf8.map((each) =>
        chunk(`id: ${each.length}\ndata: ${each.replace(/[\r\n]/g, '')}\n\n`),
      );
      const stream = head('HTTP/1.1 200 OK', 'Content-Type: text/event-stream', 'Transfer-Encoding: chunked');
      for (const [up, down] of [
        [upgrade(), switching() + frames.join('')],
        ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', stream + events.join('')],
      ] as const) {
        for (const update of updatesOf(up, down)) {
          expect(crossed(structuredClone(update))).toEqual(update);
        }
        const last = packUpdate(updatesOf(up, down).at(-1)!);
        expect(buffersOf(last).length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 30 },
  );
});
