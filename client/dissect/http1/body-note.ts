import type { FieldMeaning } from '../stream/field-collector.ts';
import type { HttpMessageRecord } from '../records.ts';

/** Kinds of bodies that have words of their own, by media type. First match wins. */
const BODIES: readonly (readonly [RegExp, string])[] = [
  [/^application\/(.+\+)?json$/, 'bodyJson'],
  [/^text\/html$/, 'bodyHtml'],
  [/^text\/event-stream$/, 'bodyEvents'],
  [/^(text|application)\/(x-)?(javascript|ecmascript)$/, 'bodyScript'],
  [/^application\/x-www-form-urlencoded$/, 'bodyForm'],
  [/^multipart\//, 'bodyParts'],
  [/^text\//, 'bodyText'],
];

/** What the body of a message is, as its head says (RFC 9110 §8.3, §8.4). */
export function bodyNote(message: HttpMessageRecord): FieldMeaning {
  const encoding = headerValue(message, 'content-encoding').toLowerCase();
  if (encoding !== '' && encoding !== 'identity') {
    return { note: 'inspect:field.bodyEncoded', params: { encoding } };
  }
  const type = headerValue(message, 'content-type').split(';')[0]!.trim().toLowerCase();
  const known = BODIES.find(([pattern]) => pattern.test(type));
  return { note: `inspect:field.${known?.[1] ?? 'body'}` };
}

/** The value of the first header field with this name, in lower case; empty without one. */
export function headerValue(message: HttpMessageRecord, name: string): string {
  return message.headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}
