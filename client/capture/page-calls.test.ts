import { describe, expect, it } from 'vitest';
import type { FetchEvent } from '../stage/protocol.ts';
import type { HttpMessageRecord } from '../dissect/records.ts';
import type { MessageTrack } from './connections.ts';
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
): MessageTrack {
  const record = {
    protocol: 'http1',
    kind: 'request',
    startLine: { method, target, version: 'HTTP/1.1' },
    headers,
  };
  return { seen, record, call: null } as unknown as MessageTrack;
}

describe('PageCalls', () => {
  it('joins calls and requests of one method and target in order of time', () => {
    const calls = new PageCalls();
    const first = calls.called(called(1, 10));
    const second = calls.called(called(2, 11));
    const other = calls.called(called(3, 12, '/b'));
    expect(calls.requested(request(13, '/b'))).toBe(other);
    expect(calls.requested(request(14))).toBe(first);
    expect(calls.requested(request(15))).toBe(second);
    expect(calls.requested(request(16))).toBeNull();
  });

  it('joins a call with a request that was seen before it was told of', () => {
    const calls = new PageCalls();
    const seen = request(20);
    expect(calls.requested(seen)).toBeNull();
    expect(calls.called(called(1, 19)).request).toBe(seen);
    expect(seen.call?.call).toBe(1);
  });

  it('tells targets apart by their query and methods by their name', () => {
    const calls = new PageCalls();
    calls.called(called(1, 10, '/a?x=1'));
    expect(calls.requested(request(11, '/a?x=2'))).toBeNull();
    expect(calls.requested(request(11, '/a?x=1', 'POST'))).toBeNull();
    expect(calls.requested(request(11, '/a?x=1'))?.call).toBe(1);
  });

  it('does not take a request for a call that was made later', () => {
    const calls = new PageCalls();
    calls.requested(request(20));
    expect(calls.called(called(1, 400)).request).toBeNull();
  });

  it('allows for the error of the clocks', () => {
    const calls = new PageCalls();
    calls.errorMs = 10;
    const seen = request(20);
    calls.requested(seen);
    expect(calls.called(called(1, 32)).request).toBe(seen);
  });

  it('does not give a request to a call that was over before it', () => {
    const calls = new PageCalls();
    const call = calls.called(called(1, 10));
    call.calledBack({ ...called(1, 30), name: 'error' });
    expect(calls.requested(request(500))).toBeNull();
  });

  it.each([
    ['an image', 'GET', [{ name: 'Sec-Fetch-Dest', value: 'image' }]],
    ['a preflight', 'OPTIONS', [{ name: 'access-control-request-method', value: 'PUT' }]],
  ])('knows that %s is nobody’s call', (_, method, headers) => {
    const calls = new PageCalls();
    calls.called(called(1, 10, '/a', method));
    expect(calls.requested(request(11, '/a', method, headers))).toBeNull();
    expect(calls.requested(request(12, '/a', method))?.call).toBe(1);
  });

  it('counts calls of a new document from 1 again', () => {
    const calls = new PageCalls();
    calls.called(called(1, 10));
    calls.newDocument();
    const again = calls.called(called(1, 50));
    expect(calls.requested(request(51))).toBe(again);
  });

  it('hands over the body when it was read, the head alone when there is none', () => {
    const calls = new PageCalls();
    const call = calls.called(called(1, 10));
    call.calledBack({ ...called(1, 30), name: 'response' });
    const record = {
      protocol: 'http1',
      kind: 'response',
      complete: true,
      start: 0,
      end: 40,
      bodyStart: 40,
    } as HttpMessageRecord;
    expect(call.handledIn(record)?.t).toBe(30);
    expect(call.handledIn({ ...record, end: 42 })).toBeNull();
    call.calledBack({ ...called(1, 35), name: 'body' });
    call.calledBack({ ...called(1, 36), name: 'body' });
    expect(call.handledIn({ ...record, end: 42 })?.t).toBe(35);
  });
});
