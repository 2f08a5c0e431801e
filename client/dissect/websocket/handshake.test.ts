import { describe, expect, it } from 'vitest';
import { Dissection, type Step } from '../../../tests/support/dissection.ts';
import { ACCEPT, head, KEY, switching, upgrade } from '../../../tests/support/websocket-bytes.ts';
import { acceptSteps } from './handshake.ts';

const reasons = (direction: 'up' | 'down', ...steps: Step[]) =>
  new Dissection()
    .feed(...steps)
    .records(direction)[0]!
    .malformed.map(({ reason }) => reason);
const asked = (request: string) => reasons('up', ['up', request]);
const granted = (response: string, ...offers: string[]) =>
  reasons('down', ['up', upgrade(...offers)], ['down', response]);

describe('the accept value', () => {
  it('follows from the key, as in the example of RFC 6455 §1.3', () => {
    expect(acceptSteps(KEY).accept).toBe(ACCEPT);
    expect(acceptSteps('x3JJHMbDL1EzLkh9GBhXDw==').accept).toBe('HSmrc0sMlYUkAGmm5OPpG2HaGWk=');
  });

  it('that was expected is told with the 101, and judged', () => {
    const [right] = new Dissection().feed(['up', upgrade()], ['down', switching()]).withFields('down');
    expect(right).toMatchObject({ expectedAccept: ACCEPT, malformed: [] });
    expect(right!.fields.find(({ role }) => role === 'key')).toMatchObject({
      note: 'inspect:value.sec-websocket-accept.right',
    });
    const wrong = switching().replace(ACCEPT, ACCEPT.toLowerCase());
    const [bad] = new Dissection().feed(['up', upgrade()], ['down', wrong]).withFields('down');
    expect(bad).toMatchObject({
      expectedAccept: ACCEPT,
      malformed: [{ reason: 'wsAccept', offset: wrong.indexOf('Sec-WebSocket-Accept') }],
    });
    expect(bad!.fields.find(({ role }) => role === 'key')).toMatchObject({
      note: 'inspect:value.sec-websocket-accept.wrong',
      params: { expected: ACCEPT },
    });
  });

  it('cannot be judged without the request', () => {
    const [record] = new Dissection().feed(['down', switching()]).records('down');
    expect(record).toMatchObject({ expectedAccept: null, malformed: [] });
  });
});

describe('a request for WebSocket', () => {
  it('is well formed as browsers send it', () => {
    expect(
      asked(
        upgrade(
          'Origin: http://localhost:8080',
          'Sec-WebSocket-Protocol: chat.v1, chat.v2',
          'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
        ),
      ),
    ).toEqual([]);
  });

  it.each([
    ['another method', upgrade().replace('GET', 'POST'), ['wsMethod']],
    ['HTTP/1.0', upgrade().replace('HTTP/1.1', 'HTTP/1.0'), ['wsHttpVersion']],
    [
      'no Connection: Upgrade',
      upgrade().replace('Connection: Upgrade', 'Connection: close'),
      ['wsConnection'],
    ],
    ['no key', upgrade().replace('Sec-WebSocket-Key', 'X'), ['wsNoKey']],
    ['a short key', upgrade().replace(KEY, 'c2hvcnQ='), ['wsKey']],
    ['two keys', upgrade(`Sec-WebSocket-Key: ${KEY}`), ['wsKey']],
    ['an old version', upgrade().replace(': 13', ': 8'), ['wsVersion']],
    ['a subprotocol twice', upgrade('Sec-WebSocket-Protocol: a, a'), ['wsProtocolList']],
    ['a bad list of extensions', upgrade('Sec-WebSocket-Extensions: a; =1'), ['wsExtensionList']],
    ['no Host', upgrade().replace('Host: localhost:8080\r\n', ''), ['noHost']],
  ])('with %s is noted', (_, request, expected) => {
    expect(asked(request)).toEqual(expected);
  });
});

describe('a 101', () => {
  it('is well formed with what was offered', () => {
    const extensions = 'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10';
    expect(
      granted(
        switching('Sec-WebSocket-Protocol: b', extensions),
        'Sec-WebSocket-Protocol: a, b',
        'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits',
      ),
    ).toEqual([]);
  });

  it.each([
    ['no Connection: Upgrade', switching().replace('Connection', 'X'), ['wsConnection']],
    ['no accept value', switching().replace('Sec-WebSocket-Accept', 'X'), ['wsNoAccept']],
    ['a subprotocol nobody offered', switching('Sec-WebSocket-Protocol: a'), ['wsProtocol']],
    ['an extension nobody offered', switching('Sec-WebSocket-Extensions: x-a'), ['wsExtension']],
  ])('with %s is noted', (_, response, expected) => {
    expect(granted(response)).toEqual(expected);
  });

  it('with parameters that permessage-deflate does not have is noted', () => {
    const offer = 'Sec-WebSocket-Extensions: permessage-deflate';
    for (const parameter of ['x', 'server_max_window_bits=7', 'server_no_context_takeover=1']) {
      expect(granted(switching(`${offer}; ${parameter}`), offer)).toEqual(['deflateParameters']);
    }
  });
});

it('a 426 names the protocol that is needed', () => {
  const refusal = head('HTTP/1.1 426 Upgrade Required', 'Content-Length: 0');
  expect(reasons('down', ['up', upgrade()], ['down', refusal])).toEqual(['noUpgrade']);
});
