/**
 * What a guest may ask and be answered at once: functions on text and bytes, no access to anything.
 */
import { digest, hashNames, hmac, randomBytes } from './answers/crypto.ts';
import { localeText } from './answers/locale-text.ts';
import { GuestZlib } from './answers/zlib.ts';
import type { Engine, HostAnswer } from './engine/engine.ts';
import { HOST_CALL, SETTABLE_URL_PARTS, type UrlParts } from './protocol.ts';

const SETTABLE: ReadonlySet<string> = new Set(SETTABLE_URL_PARTS);

export function answerHostCall(engine: Engine, code: number, args: number[]): HostAnswer {
  const text = (index: number): string => (args[index] === undefined ? '' : engine.text(args[index]));
  const number = (index: number): number => (args[index] === undefined ? 0 : engine.number(args[index]));
  const bytes = (index: number): Uint8Array<ArrayBuffer> => {
    const found = args[index] === undefined ? undefined : engine.bytes(args[index]);
    if (!found) throw new TypeError('Not bytes.');
    return found;
  };
  switch (code) {
    case HOST_CALL.digest:
      return digest(text(1), bytes(2), number(3));
    case HOST_CALL.hmac:
      return hmac(text(1), bytes(2), bytes(3));
    case HOST_CALL.randomBytes:
      return randomBytes(number(1));
    case HOST_CALL.hashNames:
      return hashNames();
    case HOST_CALL.zlibOnce:
      return zlibOf(engine).once(text(1), text(3), bytes(2), args[4] === undefined ? undefined : bytes(4));
    case HOST_CALL.zlibOpen:
      return zlibOf(engine).open(text(1), text(2), args[3] === undefined ? undefined : bytes(3));
    case HOST_CALL.zlibWrite:
      return zlibOf(engine).write(number(1), number(2), bytes(3));
    case HOST_CALL.zlibReset:
      return void zlibOf(engine).reset(number(1));
    case HOST_CALL.zlibParams:
      return void zlibOf(engine).params(number(1), number(2), number(3));
    case HOST_CALL.zlibClose:
      return void zlibOf(engine).close(number(1));
    case HOST_CALL.zlibStreams:
      return engine.limits.zlibStreams;
    case HOST_CALL.localeText:
      return localeText(text(1), text(2));
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
    case HOST_CALL.byteLength:
      return Buffer.byteLength(text(1));
    case HOST_CALL.decode:
      return decode(engine.bytes(args[1] ?? 0), args[2] === undefined ? 'utf-8' : text(2));
    default:
      throw new TypeError('No such host call.');
  }
}

/** State that the host keeps for a guest: its compression streams. */
const zlibs = new WeakMap<Engine, GuestZlib>();

function zlibOf(engine: Engine): GuestZlib {
  const known = zlibs.get(engine);
  if (known) return known;
  const made = new GuestZlib(engine.limits);
  zlibs.set(engine, made);
  return made;
}

/** Whether something of the guest lies outside its memory, so that it cannot move. */
export function hasHostState(engine: Engine): boolean {
  return zlibs.get(engine)?.busy ?? false;
}

/** The guest has ended: frees what the host kept for it. */
export function freeHostState(engine: Engine): void {
  zlibs.get(engine)?.closeAll();
  zlibs.delete(engine);
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
