import { describe, expect, it } from 'vitest';
import { ACCEPT, head, switching, upgrade } from '../../tests/support/websocket-bytes.ts';
import { answerChecks, requestChecks } from '../dissect/index.ts';
import { experimentLines, type ExperimentId } from './experiments.ts';
import { accepts, demandOf, verdictOf } from './judgement.ts';
import { bytesOf } from './lines.ts';
import { checksOf, readHandshake } from './read.ts';

const TARGET = { authority: 'localhost:8080', origin: 'http://localhost:8080' };
const TO = { authority: TARGET.authority, origins: [TARGET.origin] };
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function judge(up: string, down: string) {
  const { request, answer } = readHandshake(bytes(up), bytes(down));
  const checks = answerChecks(answer, request);
  return { verdict: verdictOf(demandOf(requestChecks(request, TO)), answer, checks), checks };
}

const demand = (id: ExperimentId) => demandOf(checksOf(bytesOf(experimentLines(id, TARGET), TARGET), TO));
const refuse = (status: number, namesVersion = false) => ({
  kind: 'refuse',
  statuses: [status],
  namesVersion,
});
const [BAD_REQUEST, NOT_ALLOWED, OK] = ['400 Bad Request', '405 Method Not Allowed', '200 OK'].map((status) =>
  head(`HTTP/1.1 ${status}`, 'Content-Length: 0'),
) as [string, string, string];
const UPGRADE_REQUIRED = head(
  'HTTP/1.1 426 Upgrade Required',
  'Sec-WebSocket-Version: 13',
  'Content-Length: 0',
);
const VERSION_8 = upgrade().replace('Version: 13', 'Version: 8');

describe('what RFC 6455 has a server do', () => {
  it.each([
    ['version-12', refuse(426, true)],
    ['version-8', refuse(426, true)],
    ['no-key', refuse(400)],
    ['short-key', refuse(400)],
    ['post', refuse(400)],
    ['http-1-0', refuse(400)],
    ['no-upgrade', refuse(400)],
    ['keep-alive', { kind: 'switch' }],
    ['lower-case', { kind: 'switch' }],
    ['foreign-origin', { kind: 'switch-or-refuse', statuses: [403] }],
    ['wrong-host', refuse(400)],
    ['subprotocol', { kind: 'switch' }],
    ['deflate', { kind: 'switch' }],
    ['line-feed', refuse(400)],
    ['no-end', { kind: 'wait' }],
  ] as const)('with %s', (id, expected) => {
    expect(demand(id)).toEqual(expected);
  });

  it('is said with every code that applies', () => {
    const both = bytes(VERSION_8.replace('GET', 'POST'));
    expect(demandOf(checksOf(both, TO))).toEqual({
      kind: 'refuse',
      statuses: [400, 426],
      namesVersion: true,
    });
  });
});

describe('what a server did', () => {
  it.each([
    ['a right switch', upgrade(), switching(), 'agrees'],
    ['a switch for a wrong version', VERSION_8, switching(), 'lenient'],
    ['a refusal of nothing', upgrade(), BAD_REQUEST, 'strict'],
    ['a wrong Accept', upgrade(), switching().replace(ACCEPT, 'x'), 'bad-answer'],
    ['426 for a wrong version', VERSION_8, UPGRADE_REQUIRED, 'agrees'],
    ['426 without a version', VERSION_8, UPGRADE_REQUIRED.replace(/Sec-.*\r\n/, ''), 'no-version'],
    [
      '400 with a version',
      VERSION_8,
      BAD_REQUEST.replace('\r\n', '\r\nSec-WebSocket-Version: 13\r\n'),
      'other-status',
    ],
    ['405 for POST', upgrade().replace('GET', 'POST'), NOT_ALLOWED, 'other-status'],
    ['an answer of HTTP', upgrade(), OK, 'plain-answer'],
    ['silence', upgrade(), '', 'no-answer'],
    ['silence after half a head', upgrade().slice(0, -2), '', 'agrees'],
    ['a switch after half a head', upgrade().slice(0, -2), switching(), 'lenient'],
    ['a welcome to a foreign origin', upgrade('Origin: https://evil.example'), switching(), 'agrees'],
    [
      'a 403 for a foreign origin',
      upgrade('Origin: https://evil.example'),
      BAD_REQUEST.replace('400 Bad Request', '403 Forbidden'),
      'agrees',
    ],
  ])('is judged: %s', (_name, up, down, verdict) => {
    expect(judge(up, down).verdict).toBe(verdict);
  });

  it('opens the socket of a page only when every check holds, and a subprotocol was chosen', () => {
    expect(accepts(judge(upgrade(), switching()).checks, true)).toBe(true);
    expect(accepts(judge(upgrade(), BAD_REQUEST).checks, true)).toBe(false);
    const { checks, verdict } = judge(upgrade('Sec-WebSocket-Protocol: chess'), switching());
    expect([accepts(checks), accepts(checks, true), verdict]).toEqual([true, false, 'agrees']);
  });
});
