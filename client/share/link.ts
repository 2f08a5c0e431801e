/**
 * A link that carries code: `…/lessons/sse/4#code=<base64url of deflated JSON>`. The fragment never reaches a
 * server. The same code makes the same link.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { UNIMPAIRED, type Conditions } from '#protocol/telemetry';
import { FRAGMENT } from './fragment.ts';

/** What a link says. */
export interface SharedCode {
  lesson: string;
  /** The open step, from 1. */
  step: number;
  /** The edition of the code; null is the first. */
  variant: string | null;
  /** Names the lesson's own files that the changes were made to: `baseOf`. */
  base: string;
  /** The files that differ from the lesson's. */
  files: Record<string, string>;
  conditions: Conditions;
  /** The old browser chosen at the page; null is the browser as it is. */
  profile: string | null;
}

/**
 * Why a link does not lead to code. `broken`: it was cut or changed on its way; `version`: it is of another version
 * of this program; `lesson`: it belongs to another lesson, or to an edition, a file or a browser that this one does not have.
 */
export type LinkProblem = 'broken' | 'version' | 'lesson';

export class LinkError extends Error {
  override name = 'LinkError';
  readonly problem: LinkProblem;
  constructor(problem: LinkProblem) {
    super(`The link cannot be opened: ${problem}.`);
    this.problem = problem;
  }
}

/** Counts up when an older program would misread a link. */
const VERSION = 1;

/** More than any lesson's code; a link that unpacks to more is a bomb. */
const MOST_BYTES = 1024 * 1024;

/** The link to `code` under the app's origin. */
export function linkOf(origin: string, code: SharedCode): string {
  const { lesson, step, variant, base, files, conditions, profile } = code;
  const changed = Object.entries(conditions).filter(
    ([name, value]) => value !== UNIMPAIRED[name as keyof Conditions],
  );
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const parts = [VERSION, lesson, step, variant, base, sorted, Object.fromEntries(changed)];
  // Left out when nothing was chosen, as older links do.
  const body = JSON.stringify(profile === null ? parts : [...parts, profile]);
  const packed = deflateSync(strToU8(body), { level: 9 });
  return `${origin}/lessons/${lesson}/${step}#${FRAGMENT}=${toBase64url(packed)}`;
}

/**
 * Reads the fragment of a link.
 * @throws LinkError when it is none that this program made.
 */
export function readFragment(fragment: string): SharedCode {
  const body = parse(fragment);
  if (!Array.isArray(body) || typeof body[0] !== 'number') throw new LinkError('broken');
  if (body[0] !== VERSION) throw new LinkError('version');
  const [, lesson, step, variant, base, files, conditions, profile = null] = body as unknown[];
  if (
    typeof lesson !== 'string' ||
    !Number.isInteger(step) ||
    !(variant === null || typeof variant === 'string') ||
    typeof base !== 'string' ||
    !isFiles(files) ||
    !isConditions(conditions) ||
    !(profile === null || typeof profile === 'string')
  ) {
    throw new LinkError('broken');
  }
  return {
    lesson,
    step: step as number,
    variant,
    base,
    files,
    conditions: { ...UNIMPAIRED, ...conditions },
    profile,
  };
}

function parse(fragment: string): unknown {
  try {
    return JSON.parse(strFromU8(unpacked(fromBase64url(fragment))));
  } catch {
    throw new LinkError('broken'); // No base64url, no deflate stream, no JSON, or too much of it.
  }
}

function unpacked(packed: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  const inflate = new Inflate((part, final) => {
    parts.push(part);
    length += part.length;
    whole = final;
    if (length > MOST_BYTES) throw new LinkError('broken');
  });
  // In pieces, so that a bomb is noticed before it is unpacked.
  for (let at = 0; at < packed.length; at += 512) {
    inflate.push(packed.subarray(at, at + 512), at + 512 >= packed.length);
  }
  if (!whole) throw new LinkError('broken');
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function isFiles(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

/** Conditions of the network that the lab would take: of the right kinds; their bounds are the server's. */
function isConditions(value: unknown): value is Partial<Conditions> {
  return (
    isObject(value) &&
    Object.entries(value).every(([name, each]) => {
      if (!(name in UNIMPAIRED)) return false;
      if (name === 'proxy') return each === 'direct' || each === 'buffering' || each === 'idle-timeout';
      if (each === null) return UNIMPAIRED[name as keyof Conditions] === null;
      return typeof each === 'number' && Number.isFinite(each) && each >= 0;
    })
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
