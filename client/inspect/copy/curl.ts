import { headerOf, urlOf, type CopiedRequest } from './request.ts';

/** curl writes these itself from what it is told, and from the body. */
const ITS_OWN = new Set(['host', 'content-length']);
/** curl sends these unless they are taken away by an empty value. */
const UNASKED = ['user-agent', 'accept'];

/**
 * A request as a command for a POSIX shell. `-N` shows a stream while it arrives.
 *
 * What curl would add is taken away, so that the same head goes over the wire.
 */
export function curlOf(request: CopiedRequest): string {
  const { method, version, target, headers, body } = request;
  const text = textOf(body);
  // A body of no bytes is told too: some servers insist on a length.
  const hasBody = body.length > 0 || headerOf(request, 'content-length') !== null;
  const lines = [`curl -N ${quoted(urlOf(request))}`];
  if (version === 'HTTP/1.0') lines.push('--http1.0');
  else lines.push('--http1.1');
  if (!target.startsWith('/') || /\/\.\.?(\/|$)/.test(target)) lines.push('--path-as-is');
  if (!target.startsWith('/')) lines.push(`--request-target ${quoted(target)}`);
  if (/[[\]{}]/.test(target)) lines.push('--globoff');
  if (method === 'HEAD') lines.push('--head');
  else if (method !== (hasBody ? 'POST' : 'GET')) lines.push(`-X ${quoted(method)}`);
  for (const { name, value } of headers) {
    if (ITS_OWN.has(name.toLowerCase())) continue;
    // A header without a value is written with a semicolon: with a colon it would be taken away.
    lines.push(`-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  const unasked = hasBody ? [...UNASKED, 'content-type'] : UNASKED;
  for (const name of unasked) {
    if (headerOf(request, name) === null) lines.push(`-H ${quoted(`${capitalised(name)}:`)}`);
  }
  if (headerOf(request, 'accept-encoding') !== null) lines.push('--compressed');
  if (!hasBody) return lines.join(' \\\n  ');
  if (text !== null) lines.push(`--data-raw ${quoted(text)}`);
  else lines.push('--data-binary @-');
  const command = lines.join(' \\\n  ');
  return text !== null ? command : `printf ${printfOf(body)} |\n${command}`;
}

/** One word of a POSIX shell: nothing in it is read by the shell. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Bytes as the format of printf(1): arguments of a command cannot hold a zero, octal escapes can. */
function printfOf(bytes: Uint8Array): string {
  let format = '';
  for (const byte of bytes) {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x25 && byte !== 0x27 && byte !== 0x5c;
    format += isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return `'${format}'`;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text that a command line can hold; null when it cannot. */
export function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return strict.decode(bytes);
  } catch {
    return null; // not UTF-8
  }
}

function capitalised(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
