import type { Field } from './records.ts';
import { trimSpace } from './text.ts';

export interface ChunkSizeLine {
  size: number;
  fields: Field[];
}

/**
 * RFC 9112 §7.1: `chunk-size [ chunk-ext ] CRLF`. Null when it does not begin with a hex number that
 * can be counted with.
 *
 * @param text The line without its end.
 * @param at Offset of the line in its record.
 * @param ending Its end, as bytes on the wire: CRLF, or LF alone.
 */
export function parseChunkSize(text: string, at: number, ending: '\r\n' | '\n'): ChunkSizeLine | null {
  const digits = /^[0-9A-Fa-f]+/.exec(text)?.[0] ?? '';
  const size = Number.parseInt(digits, 16);
  const rest = text.slice(digits.length);
  if (!Number.isSafeInteger(size) || !/^[ \t]*(;|$)/.test(rest)) return null;

  const extension = trimSpace(rest);
  const last = size === 0;
  const shownEnd = ending === '\n' ? '\\n' : '\\r\\n';
  const sizeEnd = at + (extension === '' ? text.length + ending.length : digits.length);
  const fields: Field[] = [
    {
      start: at,
      end: sizeEnd,
      role: last ? 'edge' : 'length',
      name: digits + (extension === '' ? shownEnd : ''),
      note: `inspect:field.${last ? 'lastChunk' : 'chunkSize'}`,
      params: { hex: digits, count: size },
    },
  ];
  if (extension !== '') {
    fields.push({
      start: sizeEnd,
      end: at + text.length + ending.length,
      role: 'meta',
      name: extension + shownEnd,
      note: 'inspect:field.chunkExtension',
    });
  }
  return { size, fields };
}
