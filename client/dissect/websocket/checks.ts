/**
 * RFC 6455 §4: an opening handshake rule by rule, in the order in which the clauses have them: what a server must find
 * in a request, what a client must find in the answer.
 */
import { linesOf, valuesOf } from '../http1/findings.ts';
import { isHttpMessage, type HttpMessageRecord, type WireRecord } from '../records.ts';
import { isToken } from '../text.ts';
import { extensionsOf } from './extensions.ts';
import { acceptSteps, isKey, saysUpgrade } from './handshake.ts';

/**
 * `open`: the clause leaves it to whoever reads it. `absent`: it is optional, and not there. `unknown`: cannot be told,
 * or is not come to.
 */
export type CheckOutcome = 'holds' | 'fails' | 'open' | 'absent' | 'unknown';

export interface HandshakeCheck<Rule extends string> {
  rule: Rule;
  outcome: CheckOutcome;
  /** What was found, as sent; null when there is nothing. */
  found: string | null;
  clause: string;
  /** The status with which the clause has a server answer where the rule fails; null where it names none. */
  status: number | null;
}

export type RequestRule =
  /** The empty line behind the head. */
  | 'end'
  | 'grammar'
  | 'method'
  | 'httpVersion'
  | 'host'
  | 'upgrade'
  | 'connection'
  | 'key'
  | 'version'
  | 'origin'
  | 'protocols'
  | 'extensions';

export type AnswerRule =
  | 'status'
  | 'upgrade'
  | 'connection'
  | 'accept'
  | 'extensions'
  | 'protocol'
  /** Of browsers only. */
  | 'chosen';

/** Whom a request is for. */
export interface Addressee {
  /** `localhost:8080` */
  authority: string;
  /** Origins whose pages are the server's own. */
  origins: readonly string[];
}

/** The request and the final answer in what crossed; null where there is none. */
export function handshakeIn(
  up: readonly WireRecord[],
  down: readonly WireRecord[],
): { request: HttpMessageRecord | null; answer: HttpMessageRecord | null } {
  const answers = down.filter(isHttpMessage);
  return {
    request: up.find(isHttpMessage) ?? null,
    answer: answers.find((each) => statusOf(each) >= 200 || statusOf(each) === 101) ?? null,
  };
}

/** §4.2.1: what a server must find, and what it may. */
export function requestChecks(
  request: HttpMessageRecord | null,
  { authority, origins }: Addressee,
): HandshakeCheck<RequestRule>[] {
  const clause = (item: number): string => `RFC 6455 §4.2.1 (${item})`;
  const check = (
    rule: RequestRule,
    item: string,
    status: number | null,
    judge: (message: HttpMessageRecord) => [CheckOutcome, found: string | null],
  ): HandshakeCheck<RequestRule> => {
    const [outcome, found] = request ? judge(request) : (['unknown', null] as const);
    return { rule, outcome, found, clause: item, status };
  };
  return [
    // Whether there is a body is known when the head has ended, and a message without one is complete then.
    check('end', 'RFC 9112 §2.1', null, ({ complete, body }) => [
      holds(complete || body.framing !== 'none'),
      null,
    ]),
    {
      ...check('grammar', 'RFC 6455 §4.2.1', 400, (message) => {
        const [broken] = message.malformed.filter(({ reason }) => !OF_ANOTHER_RULE.test(reason));
        return [holds(!broken), broken?.reason ?? null];
      }),
      ...(!request && { outcome: 'fails' as const }),
    },
    check('method', clause(1), 400, ({ startLine }) => {
      const method = 'method' in startLine ? startLine.method : '';
      return [holds(method === 'GET'), method];
    }),
    check('httpVersion', clause(1), 400, ({ startLine: { version } }) => [
      holds(/^HTTP\/(1\.[1-9]|[2-9])/.test(version)),
      version || null,
    ]),
    check('host', clause(2), 400, (message) => {
      const hosts = linesOf(message, 'host');
      return [holds(hosts.length === 1 && hosts[0]!.toLowerCase() === authority), joined(hosts)];
    }),
    check('upgrade', clause(3), 400, (message) => [
      holds(names(message, 'websocket')),
      listed(message, 'upgrade'),
    ]),
    check('connection', clause(4), 400, (message) => [
      holds(saysUpgrade(message)),
      listed(message, 'connection'),
    ]),
    check('key', clause(5), 400, (message) => {
      const keys = linesOf(message, 'sec-websocket-key');
      return [holds(keys.length === 1 && isKey(keys[0]!)), joined(keys)];
    }),
    check('version', `${clause(6)}; §4.2.2`, 426, (message) => {
      const versions = linesOf(message, 'sec-websocket-version');
      return [holds(versions.length === 1 && versions[0] === '13'), joined(versions)];
    }),
    check('origin', `${clause(7)}; §10.2`, 403, (message) => {
      const [origin, another] = linesOf(message, 'origin');
      if (origin === undefined) return ['absent', null];
      return [
        origins.includes(origin) && another === undefined ? 'holds' : 'open',
        listed(message, 'origin'),
      ];
    }),
    check('protocols', clause(8), 400, (message) => {
      const asked = valuesOf(message, 'sec-websocket-protocol');
      if (asked.length === 0) return ['absent', null];
      return [holds(asked.every(isToken) && new Set(asked).size === asked.length), joined(asked)];
    }),
    check('extensions', clause(9), 400, (message) => {
      const found = listed(message, 'sec-websocket-extensions');
      return [found === null ? 'absent' : holds(extensionsOf(message) !== null), found];
    }),
  ];
}

/** §4.1: what a client must find in the answer; a browser also what the WebSockets standard adds. */
export function answerChecks(
  answer: HttpMessageRecord | null,
  request: HttpMessageRecord | null,
): HandshakeCheck<AnswerRule>[] {
  const switches = answer !== null && statusOf(answer) === 101;
  const check = (
    rule: AnswerRule,
    clause: string,
    judge: (message: HttpMessageRecord) => [CheckOutcome, found: string | null],
  ): HandshakeCheck<AnswerRule> => {
    const isComeTo = switches || (rule === 'status' && answer !== null);
    const [outcome, found] = isComeTo ? judge(answer) : (['unknown', null] as const);
    return { rule, outcome, found, clause, status: null };
  };
  const clause = (item: number): string => `RFC 6455 §4.1 (${item})`;
  const asked = request ? valuesOf(request, 'sec-websocket-protocol') : [];
  return [
    check('status', clause(1), (message) => [holds(switches), String(statusOf(message))]),
    check('upgrade', clause(2), (message) => [
      holds(names(message, 'websocket')),
      listed(message, 'upgrade'),
    ]),
    check('connection', clause(3), (message) => [holds(saysUpgrade(message)), listed(message, 'connection')]),
    check('accept', clause(4), (message) => {
      const accepts = linesOf(message, 'sec-websocket-accept');
      const key = request && linesOf(request, 'sec-websocket-key')[0];
      // Without a key there is nothing to compute it from: no value is the right one.
      const isRight = key != null && accepts.length === 1 && accepts[0] === acceptSteps(key).accept;
      return [holds(isRight), joined(accepts)];
    }),
    check('extensions', clause(5), (message) => {
      const found = listed(message, 'sec-websocket-extensions');
      if (found === null) return ['absent', null];
      const offered = (request && extensionsOf(request)) ?? [];
      const agreed = extensionsOf(message);
      return [holds(!!agreed?.every(({ name }) => offered.some((offer) => offer.name === name))), found];
    }),
    check('protocol', clause(6), (message) => {
      const chosen = linesOf(message, 'sec-websocket-protocol');
      if (chosen.length === 0) return ['absent', null];
      return [holds(chosen.length === 1 && asked.includes(chosen[0]!)), joined(chosen)];
    }),
    check('chosen', 'WebSockets §2.2', (message) => {
      const found = listed(message, 'sec-websocket-protocol');
      return [asked.length === 0 ? 'absent' : holds(found !== null), found];
    }),
  ];
}

/** Findings of the dissector that other rules tell. */
const OF_ANOTHER_RULE = /^(ws|noHost|severalHosts|noUpgrade|truncated)/;

const holds = (does: boolean): CheckOutcome => (does ? 'holds' : 'fails');
const joined = (values: readonly string[]): string | null => (values.length > 0 ? values.join(', ') : null);
const listed = (message: HttpMessageRecord, name: string): string | null => joined(linesOf(message, name));

function names(message: HttpMessageRecord, protocol: string): boolean {
  return valuesOf(message, 'upgrade').some((value) => value.toLowerCase() === protocol);
}

function statusOf({ startLine }: HttpMessageRecord): number {
  return 'status' in startLine ? startLine.status : 0;
}
