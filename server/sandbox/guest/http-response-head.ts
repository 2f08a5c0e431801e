/** The head of a response: status, headers, `writeHead`. Checks and errors are Node's (lib/_http_server.js). */
import { HEAD } from '../protocol.ts';
import { type HeaderValue, headersSent, OutgoingHeaders, textOf } from './http-headers.ts';
import { headText, type HeaderPairs } from './http-response-text.ts';
import { STATUS_CODES } from './http-status.ts';
import { checkName, checkValue, isForbiddenReason } from './http-validate.ts';
import { invalidValue, nodeRangeError, nodeTypeError } from './node-error.ts';

type HeadersGiven = Record<string, unknown> | unknown[];

/** Headers that node:http adds unless they were removed. */
const OWN_HEADERS = new Set(['connection', 'content-length', 'transfer-encoding', 'date']);

export class ResponseHead extends OutgoingHeaders {
  declare statusCode: number;
  declare statusMessage: string | undefined;
  declare sendDate: boolean;
  declare shouldKeepAlive: boolean;
  /** By `writeHead` alone. */
  declare headersWritten: HeaderPairs | undefined;
  declare headersRemoved: string[] | undefined;
  /** JSON of the protocol's `ResponseHead`, once it is made. */
  declare headJson: string;

  get headersSent(): boolean {
    return this.headMade;
  }

  override removeHeader(name: string): void {
    super.removeHeader(name);
    const key = name.toLowerCase();
    // node:http remembers which of its own the program does not want (lib/_http_outgoing.js, removeHeader).
    if (OWN_HEADERS.has(key)) (this.headersRemoved ??= []).push(key);
    if (key === 'date') this.sendDate = false;
  }

  writeHead(statusCode: number, reason?: string | HeadersGiven, headers?: HeadersGiven): this {
    if (this.headMade) throw headersSent('write');
    const status = Number(statusCode) | 0;
    if (status < 100 || status > 999) {
      throw nodeRangeError('ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${statusCode}`);
    }
    const given = typeof reason === 'string' ? headers : (reason ?? headers);
    this.statusMessage =
      typeof reason === 'string' ? reason : (this.statusMessage ?? STATUS_CODES[status] ?? 'unknown');
    this.statusCode = status;
    if (isForbiddenReason(this.statusMessage))
      throw nodeTypeError('ERR_INVALID_CHAR', 'Invalid character in statusMessage');
    if (this.headersByName) {
      mergeHeaders(this, given);
      makeHead(this, 1);
    } else makeHead(this, (this.headersWritten = rawHeaders(given)) ?? 1);
    return this;
  }
}

Object.assign(ResponseHead.prototype, {
  statusCode: 200,
  statusMessage: undefined,
  sendDate: true,
  shouldKeepAlive: true,
  headersWritten: undefined,
  headersRemoved: undefined,
});

export function allHeaders({ headersByName, headersWritten = [] }: ResponseHead): [string, unknown][] {
  return [...(headersByName?.values() ?? []), ...headersWritten];
}

/** JSON of the head; what a program says without `writeHead` is final at its first write. */
export function finishedHead(response: ResponseHead): string {
  if (response.headMade) return response.headJson;
  const { statusCode, statusMessage } = response;
  const status = Number(statusCode) | 0;
  if (status < 100 || status > 999)
    throw nodeRangeError('ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${statusCode}`);
  if (statusMessage !== undefined && isForbiddenReason(String(statusMessage)))
    throw nodeTypeError('ERR_INVALID_CHAR', 'Invalid character in statusMessage');
  return makeHead(response, 0);
}

function makeHead(response: ResponseHead, written: HeaderPairs | 0 | 1): string {
  const { statusCode, statusMessage, headersByName, headersRemoved } = response;
  const flags = (response.sendDate ? 0 : HEAD.noDate) | (response.shouldKeepAlive ? 0 : HEAD.noKeepAlive);
  const message = statusMessage === undefined ? undefined : String(statusMessage);
  response.headMade = true;
  return (response.headJson = headText(
    Number(statusCode) | 0,
    message,
    headersByName,
    written,
    headersRemoved,
    flags,
  ));
}

/** Headers of `writeHead` replace those set before, one by one. */
function mergeHeaders(response: ResponseHead, given: HeadersGiven | undefined): void {
  if (Array.isArray(given)) {
    const pairs = pairsOf(given);
    for (const [name] of pairs) response.removeHeader(name);
    for (const [name, value] of pairs) response.appendHeader(name, value as string);
  } else if (given) {
    for (const [name, value] of Object.entries(given))
      if (name !== '') response.setHeader(name, value as HeaderValue);
  }
}

function pairsOf(list: unknown[]): [string, unknown][] {
  if (Array.isArray(list[0])) return list as [string, unknown][];
  if (list.length % 2 !== 0) throw invalidValue('headers', list, 'is invalid');
  const pairs: [string, unknown][] = [];
  for (let index = 0; index < list.length; index += 2) pairs.push([list[index] as string, list[index + 1]]);
  return pairs;
}

/** Headers given to `writeHead` alone reach the wire as they are, duplicates and order included. */
function rawHeaders(given: HeadersGiven | undefined): HeaderPairs | undefined {
  if (!given) return undefined;
  const raw: HeaderPairs = [];
  const add = (name: string, value: unknown): void => {
    checkName(name);
    checkValue(name, value);
    raw[raw.length] = [name, textOf(value as HeaderValue)];
  };
  if (Array.isArray(given)) for (const [name, value] of pairsOf(given)) add(name, value);
  else for (const name of Object.keys(given)) if (name !== '') add(name, given[name]);
  return raw;
}
