import type { ReportedError } from '#protocol/errors';

/**
 * Codes whose translated text only repeats what the engine's own words say better, with the name
 * of what was missing.
 */
export function engineSaysAll({ code, message }: ReportedError): boolean {
  return message !== '' && (code === 'SERVER_THREW' || code === 'SYNTAX_ERROR');
}
