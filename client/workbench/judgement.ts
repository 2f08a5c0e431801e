/** What RFC 6455 has a server do with a request, beside what one did. */
import type { AnswerRule, HandshakeCheck, RequestRule } from '../dissect/index.ts';
import type { HttpMessageRecord } from '../dissect/records.ts';

export type Demand =
  /** Nothing is missing: 101 (§4.2.2). */
  | { kind: 'switch' }
  /** Nothing is missing; whether this origin is welcome is the server's own affair (§10.2). */
  | { kind: 'switch-or-refuse'; statuses: [number] }
  /** §4.2.1, §4.2.2: an error, such as these. */
  | { kind: 'refuse'; statuses: number[]; namesVersion: boolean }
  /** The head goes on. */
  | { kind: 'wait' };

export function demandOf(checks: readonly HandshakeCheck<RequestRule>[]): Demand {
  const failed = checks.filter(({ outcome }) => outcome === 'fails');
  if (failed.some(({ rule }) => rule === 'end')) return { kind: 'wait' };
  if (failed.length > 0) {
    const statuses = [...new Set(failed.flatMap(({ status }) => status ?? []))].sort((a, b) => a - b);
    return { kind: 'refuse', statuses, namesVersion: failed.some(({ rule }) => rule === 'version') };
  }
  const open = checks.find(({ outcome }) => outcome === 'open');
  return open?.status ? { kind: 'switch-or-refuse', statuses: [open.status] } : { kind: 'switch' };
}

export type Verdict =
  | 'agrees'
  /** It switches, and must not. */
  | 'lenient'
  /** It refuses, and nothing is missing. */
  | 'strict'
  /** It switches, and a client must not take its answer. */
  | 'bad-answer'
  /** It refuses, with another status; the clauses only give examples. */
  | 'other-status'
  /** It refuses a version, and does not say which it knows (§4.2.2). */
  | 'no-version'
  /** It does not switch, and does not refuse: an answer of HTTP. */
  | 'plain-answer'
  | 'no-answer';

/** @param answer the final response; null when there was none. */
export function verdictOf(
  demand: Demand,
  answer: HttpMessageRecord | null,
  checks: readonly HandshakeCheck<AnswerRule>[],
): Verdict {
  const status = answer && 'status' in answer.startLine ? answer.startLine.status : 0;
  if (demand.kind === 'wait') return status === 101 ? 'lenient' : 'agrees';
  if (status === 0) return 'no-answer';
  if (status === 101) {
    if (demand.kind === 'refuse') return 'lenient';
    return accepts(checks) ? 'agrees' : 'bad-answer';
  }
  if (status < 400) return 'plain-answer';
  if (demand.kind === 'switch') return 'strict';
  if (demand.kind === 'refuse' && demand.namesVersion && !namesVersion(answer!)) return 'no-version';
  return demand.statuses.includes(status) ? 'agrees' : 'other-status';
}

/** §4.1: whether a client goes on; a browser wants one of its subprotocols chosen besides. */
export function accepts(checks: readonly HandshakeCheck<AnswerRule>[], browser = false): boolean {
  return checks.every(
    ({ rule, outcome }) => outcome === 'holds' || outcome === 'absent' || (rule === 'chosen' && !browser),
  );
}

function namesVersion({ headers }: HttpMessageRecord): boolean {
  return headers.some(({ name }) => name.toLowerCase() === 'sec-websocket-version');
}
