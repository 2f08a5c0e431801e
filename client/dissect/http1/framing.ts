import type { HttpMessageRecord, Malformed } from '../records.ts';

type Body = HttpMessageRecord['body'];

/** How the body ends, and what is wrong with what the head says about it. */
export interface Framing {
  body: Body;
  reasons: Malformed['reason'][];
}

/**
 * RFC 9112 §6.3: how long the body of a message is.
 *
 * @param method Of the request that a response answers; undefined when it is not known.
 */
export function framingOf(message: HttpMessageRecord, method: string | undefined): Framing {
  const isResponse = message.kind === 'response';
  if (isResponse && hasNoBody(message, method)) return { body: { framing: 'none' }, reasons: [] };

  const codings = valuesOf(message, 'transfer-encoding').map((value) => value.toLowerCase());
  const lengths = valuesOf(message, 'content-length');
  if (codings.length > 0) {
    const reasons: string[] = [];
    if (lengths.length > 0) reasons.push('lengthAndChunked');
    // §6.1: the field was born with HTTP/1.1.
    if (message.startLine.version === 'HTTP/1.0') reasons.push('chunkedInHttp10');
    if (codings.at(-1) === 'chunked') return { body: { framing: 'chunked' }, reasons };
    // A request without a chunked end could never be answered on the same connection.
    if (!isResponse) reasons.push('transferEncoding');
    return { body: { framing: isResponse ? 'until-close' : 'none' }, reasons };
  }
  if (lengths.length > 0) return byContentLength(lengths, isResponse);
  return { body: { framing: isResponse ? 'until-close' : 'none' }, reasons: [] };
}

/** RFC 9112 §3.2: an HTTP/1.1 request has exactly one Host. */
export function hostReasons(message: HttpMessageRecord): Malformed['reason'][] {
  if (message.kind !== 'request') return [];
  const hosts = message.headers.filter(({ name }) => name.toLowerCase() === 'host').length;
  if (hosts > 1) return ['severalHosts'];
  return hosts === 0 && message.startLine.version === 'HTTP/1.1' ? ['noHost'] : [];
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
    reasons: [reason],
  });
  if (new Set(lengths).size > 1) return wrong('severalLengths');
  const [text = ''] = lengths;
  const length = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(length)) return wrong('contentLength');
  return { body: { framing: 'content-length', length }, reasons: [] };
}

/** All members of a header field's list, over all lines with its name (RFC 9110 §5.3). */
export function valuesOf(message: HttpMessageRecord, name: string): string[] {
  return message.headers
    .filter((header) => header.name.toLowerCase() === name)
    .flatMap((header) => header.value.split(','))
    .map((value) => value.trim());
}
