import { describe, expect, it } from 'vitest';
import { readPageMessage } from './validate.ts';

const message = (...events: unknown[]) => ({ channel: 'switching-protocols/page', run: 3, events });
const network = {
  type: 'network',
  t: 1,
  call: 1,
  api: 'fetch',
  name: 'response',
  method: 'GET',
  url: 'http://localhost:8080/a',
  status: 200,
};
const nested = (depth: number): unknown =>
  depth === 0
    ? { kind: 'string', text: 'x' }
    : { kind: 'array', text: 'Array', more: 0, entries: [['0', nested(depth - 1)]] };

describe('messages of the runtime', () => {
  it.each([
    [{ type: 'ready', t: 0.5, href: 'http://localhost:8080/' }],
    [{ type: 'pong', t: 3, id: 7 }],
    [{ type: 'console', t: 3, level: 'log', values: [nested(3), { kind: 'null', text: 'null' }], call: 1 }],
    [{ type: 'mark', t: 3, name: 'message 1', at: { file: 'client.js', line: 3, column: 1 } }],
    [{ type: 'error', t: 3, message: 'Error: x', rejection: false, loop: true }],
    [{ type: 'dropped', t: 3, from: 1, events: 12 }],
    [network],
    [{ ...network, api: 'XMLHttpRequest', name: 'readystatechange', readyState: 3, loaded: 20 }],
    [
      {
        ...network,
        api: 'WebSocket',
        name: 'message',
        url: 'ws://localhost:8080/',
        n: 3,
        size: 2,
        binary: true,
      },
    ],
    [
      {
        ...network,
        api: 'EventSource',
        name: 'message',
        event: 'tick',
        n: null,
        length: 4,
        lastEventId: '7',
      },
    ],
    [{ ...network, api: 'script', name: 'call', callee: 'jsonp1', n: 1 }],
  ])('are read: %j', (event) => {
    expect(readPageMessage(message(event))).toEqual(message(event));
  });

  it('are read as JSON, too', () => {
    const { channel, run, events } = message(network);
    expect(readPageMessage({ channel, run, events: JSON.stringify(events) })).toEqual(message(network));
    expect(readPageMessage({ channel, run, events: '[{"type":' })).toBeNull();
    expect(readPageMessage({ channel, run, events: '{"length":1}' })).toBeNull();
  });

  it('come through the clone with absent members as undefined', () => {
    const event = { type: 'mark', t: 3, name: 'a', at: undefined, call: undefined };
    expect(readPageMessage(message(event))?.events).toHaveLength(1);
  });
});

describe('what the learner’s own code posts', () => {
  it.each([
    [null],
    ['hello'],
    [{ type: 'webpackOk' }],
    [{ channel: 'switching-protocols/page', run: '3', events: [] }],
    [{ channel: 'switching-protocols/page', run: 3, events: {} }],
  ])('is no message: %j', (data) => {
    expect(readPageMessage(data)).toBeNull();
  });

  it.each([
    [{ type: 'unheard of', t: 1 }],
    [{ type: 'mark', t: '1', name: 'a' }],
    [{ type: 'mark', t: Number.NaN, name: 'a' }],
    [{ type: 'mark', t: 1, name: { toString: 1 } }],
    [{ type: 'mark', t: 1, name: 'a', at: { file: 'client.js', line: -1, column: 1 } }],
    [{ type: 'console', t: 1, level: 'shout', values: [] }],
    [{ type: 'console', t: 1, level: 'log', values: [{ kind: 'object', text: 'Object' }] }],
    [{ type: 'console', t: 1, level: 'log', values: [{ kind: 'script', text: 'x' }] }],
    [{ type: 'console', t: 1, level: 'log', values: [nested(3000)] }],
    [{ ...network, url: 'not a url' }],
    [{ ...network, name: 'destroy' }],
    [{ ...network, call: 0.5 }],
    [{ ...network, api: 'toString' }],
    [{ ...network, api: 'WebSocket', name: 'fetch' }],
    [{ ...network, loaded: '3' }],
    [{ ...network, n: -1 }],
    [{ ...network, api: 'EventSource', name: 'message', event: { toString: () => 'x' } }],
    [{ ...network, api: 'EventSource', name: 'message', lastEventId: 'x'.repeat(20_001) }],
    [{ ...network, api: 'WebSocket', name: 'close', code: '1000' }],
    [{ ...network, api: 'WebSocket', name: 'close', reason: 7 }],
    [{ ...network, api: 'WebSocket', name: 'close', wasClean: 1 }],
    [{ ...network, api: 'WebSocket', name: 'message', size: Number.POSITIVE_INFINITY }],
    [{ ...network, api: 'script', name: 'call', callee: ['jsonp1'] }],
    [{ ...network, api: 'script', name: 'message' }],
    [{ ...network, api: 'form', name: 'load' }],
    [{ ...network, api: '__proto__', name: 'fetch' }],
    [{ ...network, at: { file: 'client.js', line: 1.5, column: 1 } }],
    [{ ...network, at: null }],
    [{ ...network, url: `http://localhost/${'x'.repeat(20_000)}` }],
  ])('is left out when it has another form', (event) => {
    const good = { type: 'mark', t: 1, name: 'good' };
    expect(readPageMessage(message(event, good))?.events).toEqual([good]);
  });

  it('is cut when there is too much of it', () => {
    const events = Array.from({ length: 5000 }, (_, t) => ({ type: 'mark', t, name: 'a' }));
    expect(readPageMessage(message(...events))?.events).toHaveLength(2000);
  });
});
