/**
 * What a guest may ask and be answered at once: pure functions on text and bytes, no access to anything.
 */
import { digest, hashNames, hmac, randomBytes } from './answers/crypto.ts';
import type { Engine, HostAnswer } from './engine.ts';
import { HOST_CALL, type UrlParts } from './protocol.ts';

const SETTABLE = new Set([
  'href',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
]);

export function answerHostCall(engine: Engine, code: number, args: number[]): HostAnswer {
  const text = (index: number): string => (args[index] === undefined ? '' : engine.text(args[index]));
  const bytes = (index: number): Uint8Array<ArrayBuffer> => {
    const found = args[index] === undefined ? undefined : engine.bytes(args[index]);
    if (!found) throw new TypeError('Not bytes.');
    return found;
  };
  switch (code) {
    case HOST_CALL.digest:
      return digest(text(1), bytes(2), engine.number(args[3]!));
    case HOST_CALL.hmac:
      return hmac(text(1), bytes(2), bytes(3));
    case HOST_CALL.randomBytes:
      return randomBytes(engine.number(args[1]!));
    case HOST_CALL.hashNames:
      return hashNames();
    case HOST_CALL.part:
      return engine.part(text(1));
    case HOST_CALL.parseUrl:
      return parseUrl(text(1), args[2] === undefined ? undefined : text(2));
    case HOST_CALL.setUrl:
      return setUrl(text(1), text(2), text(3));
    case HOST_CALL.compile:
      return engine.evaluate(text(1), text(2));
    case HOST_CALL.encode:
      return Buffer.from(text(1));
    case HOST_CALL.decode:
      return decode(engine.bytes(args[1] ?? 0), args[2] === undefined ? 'utf-8' : text(2));
    default:
      throw new TypeError('No such host call.');
  }
}

function parseUrl(href: string, base: string | undefined): string | undefined {
  try {
    return partsOf(new URL(href, base));
  } catch {
    // `URL` throws for one reason only: the text is no URL.
    return undefined;
  }
}

function setUrl(href: string, property: string, value: string): string | undefined {
  if (!SETTABLE.has(property)) throw new TypeError('No such part of a URL.');
  try {
    const url = new URL(href);
    (url as unknown as Record<string, string>)[property] = value;
    return partsOf(url);
  } catch {
    // Only `href` can be refused.
    return undefined;
  }
}

function partsOf(url: URL): string {
  const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } = url;
  return JSON.stringify({
    href,
    origin,
    protocol,
    username,
    password,
    host,
    hostname,
    port,
    pathname,
    search,
    hash,
  } satisfies UrlParts);
}

/** `options`: `encoding[,fatal][,bom]` */
function decode(bytes: Uint8Array | undefined, options: string): string {
  if (!bytes) throw new TypeError('Not bytes.');
  if (options === 'utf-8') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  const [encoding, fatal, bom] = options.split(',');
  return new TextDecoder(encoding, { fatal: fatal === 'fatal', ignoreBOM: bom === 'bom' }).decode(bytes);
}
