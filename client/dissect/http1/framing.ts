import type { HttpMessageRecord } from '../records.ts';
import { valuesOf, type Finding } from './findings.ts';

type Body = HttpMessageRecord['body'];

/** How the body ends, and what is wrong with what the head says about it. */
export interface Framing {
  body: Body;
  findings: Finding[];
}

/**
 * RFC 9112 §6.3: how long the body of a message is.
 *
 * @param method Of the request that a response answers; undefined when it is not known.
 */
export function framingOf(message: HttpMessageRecord, method: string | undefined): Framing {
  const isResponse = message.kind === 'response';
  if (isResponse && hasNoBody(message, method)) return { body: { framing: 'none' }, findings: [] };

  const codings = valuesOf(message, 'transfer-encoding').map((value) => value.toLowerCase());
  const lengths = valuesOf(message, 'content-length');
  if (codings.length > 0) {
    const findings: Finding[] = [];
    const finding = (reason: string) => findings.push({ reason, header: 'transfer-encoding' });
    if (lengths.length > 0) findings.push({ reason: 'lengthAndChunked', header: 'content-length' });
    // §6.1: the field was born with HTTP/1.1.
    if (message.startLine.version === 'HTTP/1.0') finding('chunkedInHttp10');
    if (codings.at(-1) === 'chunked') return { body: { framing: 'chunked' }, findings };
    // A request without a chunked end could never be answered on the same connection.
    if (!isResponse) finding('transferEncoding');
    return { body: { framing: isResponse ? 'until-close' : 'none' }, findings };
  }
  if (lengths.length > 0) return byContentLength(lengths, isResponse);
  return { body: { framing: isResponse ? 'until-close' : 'none' }, findings: [] };
}

/** RFC 9112 §3.2: an HTTP/1.1 request has exactly one Host. */
export function hostFindings(message: HttpMessageRecord): Finding[] {
  if (message.kind !== 'request') return [];
  const hosts = message.headers.filter(({ name }) => name.toLowerCase() === 'host').length;
  if (hosts > 1) return [{ reason: 'severalHosts', header: 'host' }];
  return hosts === 0 && message.startLine.version === 'HTTP/1.1' ? [{ reason: 'noHost' }] : [];
}

/** The protocol offered or chosen in `Upgrade` (RFC 9110 §7.8); undefined without one. */
export function upgradeOf(message: HttpMessageRecord): string | undefined {
  return valuesOf(message, 'upgrade')[0];
}

/** §6.3 rules 1 and 2: whatever the header fields say. */
function hasNoBody(message: HttpMessageRecord, method: string | undefined): boolean {
  const status = 'status' in message.startLine ? message.startLine.status : 0;
  if (method === 'HEAD' || status === 204 || status === 304) return true;
  if (status >= 100 && status < 200) return true;
  return method === 'CONNECT' && status >= 200 && status < 300;
}

/** Rule 5: several equal lengths count as one; anything else cannot be recovered from. */
function byContentLength(lengths: string[], isResponse: boolean): Framing {
  const wrong = (reason: string): Framing => ({
    body: { framing: isResponse ? 'until-close' : 'none' },
    findings: [{ reason, header: 'content-length' }],
  });
  if (new Set(lengths).size > 1) return wrong('severalLengths');
  const [text = ''] = lengths;
  const length = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(length)) return wrong('contentLength');
  return { body: { framing: 'content-length', length }, findings: [] };
}
