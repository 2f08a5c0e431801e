import { describe, expect, it } from 'vitest';
import { Dissection } from '../../../tests/support/dissection.ts';
import { ACCEPT, head, KEY, switching, upgrade } from '../../../tests/support/websocket-bytes.ts';
import { answerChecks, handshakeIn, requestChecks, type CheckOutcome } from './checks.ts';

const TO = { authority: 'localhost:8080', origins: ['http://localhost:8080'] };

function read(up: string, down = '') {
  const dissection = new Dissection().feed(['up', up], ['down', down]);
  return handshakeIn(dissection.records('up'), dissection.records('down'));
}

/** Rules of the request that do not hold, with what is the case instead. */
function requestFaults(text: string): Record<string, CheckOutcome> {
  const checks = requestChecks(read(text).request, TO);
  return Object.fromEntries(
    checks.filter(({ outcome }) => outcome !== 'holds').map(({ rule, outcome }) => [rule, outcome]),
  );
}

function answerFaults(down: string, up = upgrade()): Record<string, CheckOutcome> {
  const { answer, request } = read(up, down);
  return Object.fromEntries(
    answerChecks(answer, request)
      .filter(({ outcome }) => outcome !== 'holds')
      .map(({ rule, outcome }) => [rule, outcome]),
  );
}

const OPTIONAL = { origin: 'absent', protocols: 'absent', extensions: 'absent' } as const;
const ASKED_NOTHING = { extensions: 'absent', protocol: 'absent', chosen: 'absent' } as const;
const replaced = (find: string | RegExp, by: string) => upgrade().replace(find, by);

describe('what a server must find in a request', () => {
  it('is all there in the example of RFC 6455 §1.3, whatever the case of names', () => {
    expect(requestFaults(upgrade())).toEqual(OPTIONAL);
    expect(requestFaults(upgrade().replace(/^[\w-]+(?=:)/gm, (name) => name.toLowerCase()))).toEqual(
      OPTIONAL,
    );
    expect(requestFaults(replaced('Connection: Upgrade', 'Connection: keep-alive, Upgrade'))).toEqual(
      OPTIONAL,
    );
    expect(requestFaults(replaced('Upgrade: websocket', 'Upgrade: WebSocket'))).toEqual(OPTIONAL);
  });

  it.each([
    ['a head without an end', upgrade().slice(0, -2), { end: 'fails' }],
    ['a line without a colon', upgrade('No colon here'), { grammar: 'fails' }],
    ['a bare line feed in a value', upgrade('X-Note: one\ntwo: three'), { grammar: 'fails' }],
    ['a space before a colon', replaced('Upgrade: websocket', 'Upgrade : websocket'), { grammar: 'fails' }],
    ['another method', replaced('GET', 'POST'), { method: 'fails' }],
    ['HTTP/1.0', replaced('HTTP/1.1', 'HTTP/1.0'), { httpVersion: 'fails' }],
    ['no Host', replaced('Host: localhost:8080\r\n', ''), { host: 'fails' }],
    ['two Hosts', upgrade('Host: localhost:8080'), { host: 'fails' }],
    ['the Host of another', replaced('localhost:8080', 'other.example'), { host: 'fails' }],
    ['no Upgrade', replaced('Upgrade: websocket\r\n', ''), { upgrade: 'fails' }],
    ['an Upgrade to another protocol', replaced('Upgrade: websocket', 'Upgrade: h2c'), { upgrade: 'fails' }],
    ['no Connection', replaced('Connection: Upgrade\r\n', ''), { connection: 'fails' }],
    [
      'Connection: keep-alive',
      replaced('Connection: Upgrade', 'Connection: keep-alive'),
      { connection: 'fails' },
    ],
    ['no key', replaced(`Sec-WebSocket-Key: ${KEY}\r\n`, ''), { key: 'fails' }],
    ['a key of five bytes', replaced(KEY, 'c2hvcnQ='), { key: 'fails' }],
    ['a key that is not base64', replaced(KEY, '!'.repeat(22) + '=='), { key: 'fails' }],
    ['two keys', upgrade(`Sec-WebSocket-Key: ${KEY}`), { key: 'fails' }],
    ['version 8', replaced('Version: 13', 'Version: 8'), { version: 'fails' }],
    ['no version', replaced('Sec-WebSocket-Version: 13\r\n', ''), { version: 'fails' }],
    ['an Origin of another', upgrade('Origin: https://evil.example'), { origin: 'open' }],
    ['a subprotocol twice', upgrade('Sec-WebSocket-Protocol: a, a'), { protocols: 'fails' }],
    ['a subprotocol that is no token', upgrade('Sec-WebSocket-Protocol: a b'), { protocols: 'fails' }],
    ['an extension that is no token', upgrade('Sec-WebSocket-Extensions: a b'), { extensions: 'fails' }],
  ])('is missed in %s', (_name, text, faults) => {
    expect(requestFaults(text)).toEqual({ ...OPTIONAL, ...faults });
  });

  it('may be there besides: own Origin, subprotocols, extensions', () => {
    const more = upgrade(
      'Origin: http://localhost:8080',
      'Sec-WebSocket-Protocol: chess, go',
      'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
    );
    expect(requestFaults(more)).toEqual({});
  });

  it('cannot be told of bytes that are no request', () => {
    const checks = requestChecks(read('\x16\x03\x01 no HTTP').request, TO);
    expect(checks.find(({ rule }) => rule === 'grammar')!.outcome).toBe('fails');
    expect(new Set(checks.filter(({ rule }) => rule !== 'grammar').map(({ outcome }) => outcome))).toEqual(
      new Set(['unknown']),
    );
  });

  it('has a clause for every rule, and the status that it names', () => {
    const checks = requestChecks(read(upgrade()).request, TO);
    expect(Object.fromEntries(checks.map(({ rule, status }) => [rule, status]))).toEqual({
      end: null,
      grammar: 400,
      method: 400,
      httpVersion: 400,
      host: 400,
      upgrade: 400,
      connection: 400,
      key: 400,
      version: 426,
      origin: 403,
      protocols: 400,
      extensions: 400,
    });
    for (const { clause } of checks) expect(clause).toMatch(/^RFC \d+ §/);
  });
});

describe('what a client must find in the answer', () => {
  it('is all there in the example of RFC 6455 §1.3', () => {
    expect(answerFaults(switching())).toEqual(ASKED_NOTHING);
    expect(answerFaults(`HTTP/1.1 102 Processing\r\n\r\n${switching()}`)).toEqual(ASKED_NOTHING);
  });

  it.each([
    ['a 101 without Upgrade', switching().replace('Upgrade: websocket\r\n', ''), { upgrade: 'fails' }],
    ['a 101 to another protocol', switching().replace('websocket', 'h2c'), { upgrade: 'fails' }],
    ['a 101 without Connection', switching().replace('Connection: Upgrade\r\n', ''), { connection: 'fails' }],
    ['a 101 without Accept', switching().replace(/Sec-WebSocket-Accept.*\r\n/, ''), { accept: 'fails' }],
    ['a wrong Accept', switching().replace(ACCEPT, ACCEPT.toLowerCase()), { accept: 'fails' }],
    ['two Accepts', switching(`Sec-WebSocket-Accept: ${ACCEPT}`), { accept: 'fails' }],
    [
      'an extension that was not asked for',
      switching('Sec-WebSocket-Extensions: permessage-deflate'),
      { extensions: 'fails' },
    ],
    [
      'a subprotocol that was not asked for',
      switching('Sec-WebSocket-Protocol: chess'),
      { protocol: 'fails' },
    ],
  ])('is missed in %s', (_name, down, faults) => {
    expect(answerFaults(down)).toEqual({ ...ASKED_NOTHING, ...faults });
  });

  it('is the choice among what was asked for', () => {
    const asked = upgrade(
      'Sec-WebSocket-Protocol: chess, go',
      'Sec-WebSocket-Extensions: permessage-deflate',
    );
    const chosen = switching('Sec-WebSocket-Protocol: go', 'Sec-WebSocket-Extensions: permessage-deflate');
    expect(answerFaults(chosen, asked)).toEqual({});
    expect(answerFaults(switching('Sec-WebSocket-Protocol: chess, go'), asked)).toMatchObject({
      protocol: 'fails',
    });
    // A browser wants one of them chosen, RFC 6455 does not.
    expect(answerFaults(switching(), asked)).toMatchObject({ protocol: 'absent', chosen: 'fails' });
  });

  it('has no right Accept when there was no key', () => {
    const keyless = replaced(`Sec-WebSocket-Key: ${KEY}\r\n`, '');
    expect(answerFaults(switching(), keyless)).toMatchObject({ accept: 'fails' });
  });

  it('is not come to when the status is another', () => {
    const refused = head('HTTP/1.1 426 Upgrade Required', 'Upgrade: websocket', 'Content-Length: 0');
    const unknown = Object.fromEntries(
      ['upgrade', 'connection', 'accept', 'extensions', 'protocol', 'chosen'].map((rule) => [
        rule,
        'unknown',
      ]),
    );
    expect(answerFaults(refused)).toEqual({ status: 'fails', ...unknown });
    expect(answerFaults('')).toEqual({ status: 'unknown', ...unknown });
  });
});
