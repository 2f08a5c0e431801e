import { describe, expect, it } from 'vitest';
import { messageList } from '../capture/index.ts';
import type { Delivery, Run, WireMessage } from '../capture/run.ts';
import { followLines } from './line-diff.ts';
import { errorMarkOf, marksOf } from './marks.ts';

const at = (file: string, line: number) => ({ file, line, column: 1 });

const message = (number: number, direction: 'up' | 'down', written: number, handled: number) =>
  ({
    id: `m${number}`,
    number,
    direction,
    peer: direction === 'down' ? `m${number - 1}` : `m${number + 1}`,
    record: { protocol: 'http1', kind: direction === 'up' ? 'request' : 'response' },
    writtenAt: [at(direction === 'up' ? 'client.js' : 'server.js', written)],
    handledAt: [at(direction === 'up' ? 'server.js' : 'client.js', handled)],
  }) as unknown as WireMessage;

const delivery = (number: number, carrier: string) =>
  ({
    name: `message ${number}`,
    label: String(number),
    message: carrier,
    createdAt: at('server.js', 9),
    handledAt: at('client.js', 4),
  }) as Delivery;

const run = {
  messages: messageList([
    message(1, 'up', 2, 3),
    message(2, 'down', 5, 4),
    message(3, 'up', 2, 3),
    message(4, 'down', 5, 4),
  ]),
  deliveries: [delivery(7, 'm2'), delivery(8, 'm4')],
} as Run;

const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}`).join('\n');
const file = (name: string, text = lines(10)) => ({ file: name, follow: followLines(lines(10), text) });
const client = file('client.js');
const server = file('server.js');

describe('marksOf', () => {
  it('outlines the number where a request was written and fills it where it was handled', () => {
    expect(marksOf(run, { message: 'm1' }, client)).toEqual([
      { line: 2, chips: [{ text: '1', from: 'browser', solid: false, next: { message: 'm3' } }] },
    ]);
    expect(marksOf(run, { message: 'm1' }, server)).toEqual([
      { line: 3, chips: [{ text: '1', from: 'browser', solid: true, next: { message: 'm3' } }] },
    ]);
  });

  it('goes round to the first message of a line after the last', () => {
    expect(marksOf(run, { message: 'm4' }, server)[0]?.chips[0]?.next).toEqual({ message: 'm2' });
  });

  it('shows the chosen delivery, in place of the message where both name a line', () => {
    const selection = { message: 'm2', delivery: 'message 7' };
    const next = { message: 'm4', delivery: 'message 8' };
    expect(marksOf(run, selection, client)).toEqual([
      { line: 4, chips: [{ text: '7', from: 'server', solid: true, next }] },
    ]);
    expect(marksOf(run, selection, server)).toEqual([
      { line: 5, chips: [{ text: '1', from: 'server', solid: false, next: { message: 'm4' } }] },
      { line: 9, chips: [{ text: '7', from: 'server', solid: false, next }] },
    ]);
  });

  it('marks the line where it is now, and not when it is gone', () => {
    const moved = file('client.js', `new\n${lines(10)}`);
    expect(marksOf(run, { message: 'm1' }, moved)[0]?.line).toBe(3);
    const gone = file('client.js', lines(1));
    expect(marksOf(run, { message: 'm1' }, gone)).toEqual([]);
  });

  it('marks nothing without a run or a selection', () => {
    expect(marksOf(null, { message: 'm1' }, client)).toEqual([]);
    expect(marksOf(run, null, client)).toEqual([]);
    expect(marksOf(run, { message: 'of another run' }, client)).toEqual([]);
  });
});

describe('errorMarkOf', () => {
  const error = { code: 'SYNTAX_ERROR', message: 'Unexpected token', at: at('server.js', 3) } as const;

  it('names the line of its file only', () => {
    expect(errorMarkOf(error, server)).toEqual({ line: 3, column: 1, message: 'Unexpected token' });
    expect(errorMarkOf(error, client)).toBeNull();
    expect(errorMarkOf(null, server)).toBeNull();
  });

  it('goes as soon as the line is edited', () => {
    expect(errorMarkOf(error, file('server.js', lines(10).replace('line 3', 'line three')))).toBeNull();
  });
});
