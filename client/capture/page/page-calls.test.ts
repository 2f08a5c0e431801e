import { describe, expect, it } from 'vitest';
import type { FetchEvent } from '../../stage/protocol.ts';
import type { HttpMessageRecord } from '../../dissect/records.ts';
import type { HttpMessage } from '../exchanges.ts';
import type { PageCall } from './page-call.ts';
import { PageCalls } from './page-calls.ts';

function called(call: number, t: number, target = '/a', method = 'GET'): FetchEvent {
  return {
    type: 'network',
    t,
    call,
    api: 'fetch',
    name: 'fetch',
    method,
    url: `http://localhost:8080${target}#part`,
  };
}

function request(
  seen: number,
  target = '/a',
  method = 'GET',
  headers: HttpMessageRecord['headers'] = [],
): HttpMessage {
  const record = {
    protocol: 'http1',
    kind: 'request',
    startLine: { method, target, version: 'HTTP/1.1' },
    headers,
  };
  const message = { sent: seen, record, call: null } as unknown as HttpMessage;
  message.exchange = { request: message, response: null, moment: null };
  return message;
}

describe('PageCalls', () => {
  it('joins calls and requests of one method and target in order of time', () => {
    const calls = new PageCalls();
    const first = calls.called(called(1, 10), null);
    const second = calls.called(called(2, 11), null);
    const other = calls.called(called(3, 12, '/b'), null);
    expect(calls.requested(request(13, '/b'))).toBe(other);
    expect(calls.requested(request(14))).toBe(first);
    expect(calls.requested(request(15))).toBe(second);
    expect(calls.requested(request(16))).toBeNull();
  });

  it('joins a call with a request that was seen before it was told of', () => {
    const calls = new PageCalls();
    const seen = request(20);
    expect(calls.requested(seen)).toBeNull();
    expect(calls.called(called(1, 19), null).exchanges[0]?.request).toBe(seen);
    expect(seen.call?.call).toBe(1);
  });

  it('tells targets apart by their query and methods by their name', () => {
    const calls = new PageCalls();
    calls.called(called(1, 10, '/a?x=1'), null);
    expect(calls.requested(request(11, '/a?x=2'))).toBeNull();
    expect(calls.requested(request(11, '/a?x=1', 'POST'))).toBeNull();
    expect(calls.requested(request(11, '/a?x=1'))?.call).toBe(1);
  });

  it('does not take a request for a call that was made later', () => {
    const calls = new PageCalls();
    calls.requested(request(20));
    expect(calls.called(called(1, 400), null).exchanges).toEqual([]);
  });

  it('allows for the error of the clocks', () => {
    const calls = new PageCalls();
    calls.errorMs = 10;
    const seen = request(20);
    calls.requested(seen);
    expect(calls.called(called(1, 32), null).exchanges[0]?.request).toBe(seen);
  });

  it('does not give a request to a call that was over before it', () => {
    const calls = new PageCalls();
    const call = calls.called(called(1, 10), null);
    call.happened({ ...called(1, 30), name: 'error' });
    expect(calls.requested(request(500))).toBeNull();
  });

  it.each([
    ['an image', 'GET', [{ name: 'Sec-Fetch-Dest', value: 'image' }]],
    ['a preflight', 'OPTIONS', [{ name: 'access-control-request-method', value: 'PUT' }]],
  ])('knows that %s is nobody’s call', (_, method, headers) => {
    const calls = new PageCalls();
    calls.called(called(1, 10, '/a', method), null);
    expect(calls.requested(request(11, '/a', method, headers))).toBeNull();
    expect(calls.requested(request(12, '/a', method))?.call).toBe(1);
  });

  it('counts calls of a new document from 1 again', () => {
    const calls = new PageCalls();
    calls.called(called(1, 10), null);
    calls.newDocument(null);
    const again = calls.called(called(1, 50), null);
    expect(calls.requested(request(51))).toBe(again);
  });

  it('tells calls of the pages apart', () => {
    const calls = new PageCalls();
    const first = calls.called(called(1, 10), 'A');
    const second = calls.called(called(1, 20), 'B');
    calls.newDocument('A');
    expect(calls.get(1, 'A')).toBeUndefined();
    expect(calls.get(1, 'B')).toBe(second);
    expect(first.page).toBe('A');
  });

  it('gives an EventSource one request, and one more each time that it connects again', () => {
    const calls = new PageCalls();
    const accept = [{ name: 'Accept', value: 'text/event-stream' }];
    const source = { ...called(1, 10), api: 'EventSource', name: 'EventSource' } as const;
    const call: PageCall = calls.called(source, null);
    expect(calls.requested(request(11))).toBeNull();
    expect(calls.requested(request(12, '/a', 'GET', accept))).toBe(call);
    expect(calls.requested(request(3_012, '/a', 'GET', accept))).toBeNull();
    call.happened({ ...source, name: 'error', t: 3_000, readyState: 0 });
    calls.happened(call);
    call.happened({ ...source, name: 'error', t: 3_900, readyState: 0 });
    calls.happened(call);
    call.happened({ ...source, name: 'close()', t: 4_000 });
    expect(calls.requested(request(6_012, '/a', 'GET', accept))).toBeNull();
    expect(call.exchanges).toHaveLength(2);
  });

  it('knows a WebSocket by its handshake', () => {
    const calls = new PageCalls();
    const socket = {
      ...called(1, 10),
      api: 'WebSocket',
      name: 'WebSocket',
      url: 'ws://localhost:8080/a',
    } as const;
    const call = calls.called(socket, null);
    expect(calls.requested(request(11))).toBeNull();
    expect(calls.requested(request(11, '/a', 'GET', [{ name: 'Upgrade', value: 'websocket' }]))).toBe(call);
  });
});
