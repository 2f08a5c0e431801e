import { expect, it } from 'vitest';
import { Outbox } from './outbox.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

const A_BYTE = new Uint8Array([1]);

it('puts texts for one sandbox into one envelope, in order', () => {
  const outbox = new Outbox<ToWorker>();
  for (const text of ['a', 'b', 'c']) outbox.put({ type: 'tell', sandbox: 1, texts: [text] });
  expect(outbox.take()).toEqual([{ type: 'tell', sandbox: 1, texts: ['a', 'b', 'c'] }]);
  expect(outbox.empty).toBe(true);
});

it('keeps bytes with the text they came with', () => {
  const outbox = new Outbox<FromWorker>();
  outbox.put({ type: 'calls', sandbox: 1, texts: ['a'], bytes: [] });
  outbox.put({ type: 'calls', sandbox: 1, texts: ['b'], bytes: [A_BYTE] });
  outbox.put({ type: 'calls', sandbox: 1, texts: ['c'], bytes: [] });
  expect(outbox.take()).toEqual([
    { type: 'calls', sandbox: 1, texts: ['a', 'b'], bytes: [A_BYTE] },
    { type: 'calls', sandbox: 1, texts: ['c'], bytes: [] },
  ]);
});

it('never brings a text past another message', () => {
  const outbox = new Outbox<ToWorker>();
  outbox.put({ type: 'tell', sandbox: 1, texts: ['a'] });
  outbox.put({ type: 'leave', sandbox: 1 });
  outbox.put({ type: 'tell', sandbox: 1, texts: ['b'] });
  outbox.put({ type: 'tell', sandbox: 2, texts: ['c'] });
  expect(outbox.take().map(({ type, sandbox }) => `${type} ${sandbox}`)).toEqual([
    'tell 1',
    'leave 1',
    'tell 1',
    'tell 2',
  ]);
});
