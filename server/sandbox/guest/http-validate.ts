/** What node:http refuses in heads, with its codes and words (lib/_http_common.js, lib/_http_outgoing.js). */
import { nodeTypeError } from './node-error.ts';

/** RFC 9110 §5.6.2 */
const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
/** RFC 9110 §5.5: visible characters, spaces and tabs; obs-text as latin1. */
const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** What was found valid: a program uses the same few names and values again and again. */
const validNames = new Set<string>();
const validValues = new Set<string>();
const MOST_KNOWN = 500;
/** Longer values are hardly ever the same. */
const LONGEST_KNOWN = 200;

export function checkName(name: unknown, label = 'Header name'): asserts name is string {
  if (validNames.has(name as string)) return;
  if (typeof name !== 'string' || !TOKEN.test(name)) {
    throw nodeTypeError('ERR_INVALID_HTTP_TOKEN', `${label} must be a valid HTTP token ["${String(name)}"]`);
  }
  if (validNames.size < MOST_KNOWN) validNames.add(name);
}

export function checkValue(name: string, value: unknown, what = 'header content'): void {
  if (validValues.has(value as string)) return;
  if (value === undefined) {
    throw nodeTypeError(
      'ERR_HTTP_INVALID_HEADER_VALUE',
      `Invalid value "${String(value)}" for header "${name}"`,
    );
  }
  const bad = Array.isArray(value)
    ? value.some((one) => FORBIDDEN_IN_VALUE.test(String(one)))
    : FORBIDDEN_IN_VALUE.test(String(value));
  if (bad) throw nodeTypeError('ERR_INVALID_CHAR', `Invalid character in ${what} ["${name}"]`);
  if (typeof value === 'string' && value.length < LONGEST_KNOWN && validValues.size < MOST_KNOWN)
    validValues.add(value);
}

export function isForbiddenReason(reason: string): boolean {
  return FORBIDDEN_IN_VALUE.test(reason);
}
