/**
 * One line for a printed value, as the developer tools of browsers write it:
 * `{a: 1, b: "x"}`, `Array(3) [1, 2, 3]`, `Map(1) {"k" → 2}`.
 */
import type { ConsoleObject, ConsoleValue } from '#protocol/console';

/** Entries named in a preview; the tree below shows all of them. */
const PREVIEW_ENTRIES = 5;
/** Characters of a string inside a preview. */
const PREVIEW_TEXT = 40;

export function isObject(value: ConsoleValue): value is ConsoleObject {
  return 'entries' in value;
}

/** How many entries the real value had, those left out by the bounds included. */
function sizeOf(value: ConsoleObject): number {
  return value.entries.length + value.more;
}

/** `Array(3)`, `Map(2)`, `IncomingMessage`; empty for a plain object, whose braces say it all. */
function nameOf(value: ConsoleObject): string {
  if (value.kind === 'object') return value.text === 'Object' ? '' : value.text;
  return `${value.text}(${sizeOf(value)})`;
}

/** A value in one line; nested objects are named only, so that a preview stays a preview. */
export function previewOf(value: ConsoleValue): string {
  if (!isObject(value)) return scalar(value, Infinity);
  if (value.circular) return '[Circular]';
  const shown = value.entries.slice(0, PREVIEW_ENTRIES).map(([key, entry]) => {
    const text = isObject(entry) ? nested(entry) : scalar(entry, PREVIEW_TEXT);
    if (value.kind === 'array' || value.kind === 'set') return text;
    return value.kind === 'map' ? `${key} → ${text}` : `${key}: ${text}`;
  });
  if (sizeOf(value) > shown.length) shown.push('…');
  const [open, close] = value.kind === 'array' ? ['[', ']'] : ['{', '}'];
  const name = nameOf(value);
  return `${name}${name ? ' ' : ''}${open}${shown.join(', ')}${close}`;
}

function nested(value: ConsoleObject): string {
  if (value.circular) return '[Circular]';
  return nameOf(value) || (sizeOf(value) > 0 ? '{…}' : '{}');
}

function scalar(value: Exclude<ConsoleValue, ConsoleObject>, limit: number): string {
  const text = value.text.length > limit ? `${value.text.slice(0, limit)}…` : value.text;
  if (value.kind === 'string') return JSON.stringify(text);
  if (value.kind === 'function') return text.split('\n', 1)[0]!;
  return text;
}
