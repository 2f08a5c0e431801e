import type { Field, HttpMessageRecord, Malformed } from '../records.ts';
import type { FieldCollector } from '../stream/field-collector.ts';
import { isSpace, isToken, latin1Bytes, nameOf, trimSpace } from '../text.ts';
import { isKnownMethod, methodNote, statusNote } from './words.ts';

export interface StartLine {
  startLine: HttpMessageRecord['startLine'];
  malformed: Malformed[];
}

/**
 * RFC 9112 §3: `method SP request-target SP HTTP-version`, read leniently: what can still be told
 * apart is, and the deviation noted. Null when it is not a request line at all.
 *
 * @param text The line without its end.
 * @param at Offset of the line in its record.
 * @param fields Where its fields are to be added, if anybody wants them.
 */
export function parseRequestLine(text: string, at: number, fields: FieldCollector | null): StartLine | null {
  const methodEnd = spaceAfter(text, 0);
  const method = text.slice(0, methodEnd);
  if (!isToken(method)) return null;

  const trimmed = text.slice(0, endWithoutSpace(text));
  const lastSpace = Math.max(trimmed.lastIndexOf(' '), trimmed.lastIndexOf('\t'));
  const hasVersion = /^HTTP\//i.test(trimmed.slice(lastSpace + 1));
  // `GET /path` alone is HTTP/0.9, long gone; other words without a version are another protocol.
  if (!hasVersion && !isKnownMethod(method)) return null;

  const versionStart = hasVersion ? lastSpace + 1 : text.length;
  const version = hasVersion ? trimmed.slice(versionStart) : '';
  const target = trimSpace(text.slice(methodEnd, versionStart));
  fields?.add(field(at, 0, methodEnd, 'kind', method, methodNote(method)));
  if (versionStart > methodEnd) {
    fields?.add(field(at, methodEnd, versionStart, 'meta', target, targetNote(method, target)));
  }
  if (hasVersion) fields?.add(field(at, versionStart, text.length, 'kind', version, 'inspect:field.version'));

  const malformed: Malformed[] = [];
  const wellFormed = text === `${method} ${target} ${version}` && target !== '' && !/[ \t]/.test(target);
  if (!wellFormed) malformed.push({ offset: at + methodEnd, reason: 'requestLine' });
  if (hasVersion && !isHttp1(version)) malformed.push({ offset: at + versionStart, reason: 'version' });
  return { startLine: { method, target, version }, malformed };
}

/** RFC 9112 §4: `HTTP-version SP status-code SP [reason-phrase]`, read leniently; null when it is none. */
export function parseStatusLine(text: string, at: number, fields: FieldCollector | null): StartLine | null {
  if (!/^HTTP\//i.test(text)) return null;
  const versionEnd = spaceAfter(text, 0);
  const codeStart = Math.min(text.length, versionEnd + 1);
  const codeEnd = spaceAfter(text, codeStart);
  const version = text.slice(0, versionEnd);
  const code = text.slice(codeStart, codeEnd);
  const reason = trimSpace(text.slice(codeEnd));
  const status = /^[1-9]\d\d$/.test(code) ? Number(code) : 0;

  fields?.add(field(at, 0, versionEnd, 'kind', version, 'inspect:field.version'));
  const statusEnd = reason === '' ? text.length : codeEnd;
  if (statusEnd > versionEnd) fields?.add(field(at, versionEnd, statusEnd, 'kind', code, statusNote(status)));
  if (reason !== '') fields?.add(field(at, codeEnd, text.length, 'meta', reason, 'inspect:field.reason'));

  const malformed: Malformed[] = [];
  if (status === 0 || !isSpace(text, codeEnd))
    malformed.push({ offset: at + versionEnd, reason: 'statusLine' });
  if (!isHttp1(version)) malformed.push({ offset: at, reason: 'version' });
  return { startLine: { status, reason, version }, malformed };
}

/** Whether a start line can begin with these bytes: tells other protocols apart before a line end comes. */
export function canBegin(kind: 'request' | 'response', text: string): boolean {
  if (text.startsWith('\r') || text.startsWith('\n')) return true;
  if (kind === 'request') return isToken(text.slice(0, 1));
  return 'HTTP/'.startsWith(text.slice(0, 5).toUpperCase());
}

/** Is this, without doubt, the line with which a message begins? Used to find one in the middle of bytes. */
export function isStrictStartLine(kind: 'request' | 'response', text: string): boolean {
  const line = kind === 'request' ? parseRequestLine(text, 0, null) : parseStatusLine(text, 0, null);
  return line !== null && line.malformed.length === 0;
}

function targetNote(method: string, target: string): string {
  if (method === 'CONNECT') return 'inspect:field.targetAuthority';
  if (target === '*') return 'inspect:field.targetAsterisk';
  if (/^https?:/i.test(target)) return 'inspect:field.targetAbsolute';
  return target.includes('?') ? 'inspect:field.targetQuery' : 'inspect:field.target';
}

/** RFC 9112 §2.3: the name is case-sensitive. */
function isHttp1(version: string): boolean {
  return /^HTTP\/1\.\d$/.test(version);
}

function spaceAfter(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isSpace(text, at)) at++;
  return at;
}

function endWithoutSpace(text: string): number {
  let end = text.length;
  while (end > 0 && isSpace(text, end - 1)) end--;
  return end;
}

function field(
  at: number,
  start: number,
  end: number,
  role: Field['role'],
  text: string,
  note: string,
): Field {
  const name = nameOf(latin1Bytes(text));
  return { start: at + start, end: at + end, role, name, note, params: { value: text } };
}
