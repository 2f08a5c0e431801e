import type { HttpMessageRecord } from '../records.ts';

/** Something wrong with a head as a whole. */
export interface Finding {
  /** Key of `inspect:malformed.`. */
  reason: string;
  /** Lower-case name of the header field it is about; the start line or the head as a whole without one. */
  header?: string;
}

/** All members of a header field's list, over all lines with its name (RFC 9110 §5.3). */
export function valuesOf(message: HttpMessageRecord, name: string): string[] {
  return linesOf(message, name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim());
}

/** The values of all header lines with this name, in lower case; a list is not divided. */
export function linesOf(message: HttpMessageRecord, name: string): string[] {
  return message.headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
}
