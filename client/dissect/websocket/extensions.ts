import type { Deflate } from '../http1/exchange.ts';
import { linesOf, type Finding } from '../http1/findings.ts';
import type { HttpMessageRecord } from '../records.ts';
import { isToken } from '../text.ts';

/** One extension as offered or agreed on (RFC 6455 §9.1). */
export interface Extension {
  name: string;
  /** Null: without a value. */
  parameters: { name: string; value: string | null }[];
}

const HEADER = 'sec-websocket-extensions';
const DEFLATE = 'permessage-deflate';

/** The members of Sec-WebSocket-Extensions, in order; null when it breaks the grammar. */
export function extensionsOf(message: HttpMessageRecord): Extension[] | null {
  const text = linesOf(message, HEADER).join(',');
  if (text === '') return [];
  const extensions = text.split(',').map(parseExtension);
  return extensions.includes(null) ? null : (extensions as Extension[]);
}

/** RFC 7692 §7.1: what both sides agreed on for compression; null without any. */
export function deflateOf(agreed: readonly Extension[]): Deflate | null {
  const extension = agreed.find(({ name }) => name === DEFLATE);
  if (!extension) return null;
  const has = (name: string) => extension.parameters.some((parameter) => parameter.name === name);
  return { takeover: { up: !has('client_no_context_takeover'), down: !has('server_no_context_takeover') } };
}

/** What is wrong with the extensions of a 101; `offered` is undefined when the request is not known. */
export function deflateFindings(
  agreed: readonly Extension[],
  offered: readonly Extension[] | null | undefined,
): Finding[] {
  const findings: Finding[] = [];
  const finding = (reason: string) => findings.push({ reason, header: HEADER });
  if (offered && agreed.some(({ name }) => !offered.some((offer) => offer.name === name))) {
    finding('wsExtension');
  }
  const deflates = agreed.filter(({ name }) => name === DEFLATE);
  if (deflates.length > 1) finding('wsExtension');
  if (deflates.some(({ parameters }) => !areParameters(parameters))) finding('deflateParameters');
  return findings;
}

function parseExtension(text: string): Extension | null {
  const [name = '', ...rest] = text.split(';').map((part) => part.trim());
  if (!isToken(name)) return null;
  const parameters = [];
  for (const part of rest) {
    const equals = part.indexOf('=');
    const key = (equals < 0 ? part : part.slice(0, equals)).trim();
    const raw = equals < 0 ? null : part.slice(equals + 1).trim();
    const value = raw?.startsWith('"') && raw.endsWith('"') && raw.length > 1 ? raw.slice(1, -1) : raw;
    if (!isToken(key) || (value !== null && !isToken(value ?? ''))) return null;
    parameters.push({ name: key, value: value ?? null });
  }
  return { name, parameters };
}

/** RFC 7692 §7.1: four parameters, each once, and windows of 8 to 15 bits. */
function areParameters(parameters: Extension['parameters']): boolean {
  const names = parameters.map(({ name }) => name);
  if (new Set(names).size < names.length) return false;
  return parameters.every(({ name, value }) => {
    if (/^(server|client)_no_context_takeover$/.test(name)) return value === null;
    if (/^(server|client)_max_window_bits$/.test(name)) return /^([89]|1[0-5])$/.test(value ?? '');
    return false;
  });
}
