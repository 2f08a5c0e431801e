import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLAUSES, NO_CLAUSE } from './clauses.ts';
import { HEADER_NAMES } from './http1/header-names.ts';
import { HEADER_VALUES, headerNote } from './http1/header-notes.ts';
import { STATUS_CODES } from './http1/words.ts';

type Texts = { [key: string]: string | Texts };

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const texts = JSON.parse(read('../i18n/en/inspect.json')) as Record<string, Texts>;

/** Plural forms of one text count as one key. */
const keys = (group: Texts | undefined) =>
  [...new Set(Object.keys(group ?? {}).map((key) => key.replace(/_(one|other)$/, '')))].sort();
const valueKeys = () =>
  Object.entries(texts.value as Record<string, Texts>)
    .flatMap(([header, values]) => keys(values).map((key) => `${header}.${key}`))
    .sort();

/** Everything that this folder's sources call by a name, found by pattern. */
function namedInSources(pattern: RegExp, from = (_file: string) => true): string[] {
  const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && from(file),
  );
  const found = files.flatMap((file) => [...read(`./${file}`).matchAll(pattern)].map((match) => match[1]!));
  return [...new Set(found)].sort();
}

describe('every meaning has a text, and every text a use', () => {
  it('for headers', () => {
    expect(keys(texts.header)).toEqual([...HEADER_NAMES, 'other'].sort());
    expect(new Set(HEADER_NAMES).size).toBe(HEADER_NAMES.length);
  });

  it('for values of headers', () => {
    const fixed = Object.entries(HEADER_VALUES).flatMap(([header, values]) =>
      Object.values(values).map((name) => `${header}.${name}`),
    );
    const samples: [string, string, ('request' | 'response')?][] = [
      ['access-control-max-age', '5'],
      ['access-control-allow-origin', 'https://a.example'],
      ['age', '5'],
      ['retry-after', '5'],
      ['content-length', '5'],
      ['keep-alive', 'timeout=5'],
      ['cache-control', 'no-store'],
      ['cache-control', 'no-cache', 'request'],
      ['cache-control', 'No-Cache, private'],
      ['cache-control', 'public, max-age=60'],
      ['content-type', 'application/json'],
      ['content-type', 'application/problem+json'],
      ['content-type', 'text/html; charset=utf-8'],
      ['content-type', 'text/plain'],
      ['content-type', 'text/event-stream'],
      ['content-type', 'text/javascript'],
      ['content-type', 'application/x-www-form-urlencoded'],
      ['last-event-id', '2'],
      ['set-cookie', 'a=b; Path=/'],
    ];
    const readOut = samples.map(([name, value, kind = 'response']) => {
      const { note } = headerNote(name, value, kind);
      expect(note).toMatch(/^inspect:value\./);
      return note.slice('inspect:value.'.length);
    });
    const judged = ['sec-websocket-accept.right', 'sec-websocket-accept.wrong'];
    expect(valueKeys()).toEqual([...new Set([...fixed, ...readOut, ...judged])].sort());
  });

  it('for status codes and methods', () => {
    const classes = ['1xx', '2xx', '3xx', '4xx', '5xx', 'other'];
    expect(keys(texts.status)).toEqual([...STATUS_CODES.map(String), ...classes].sort());
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'other'];
    expect(keys(texts.method)).toEqual(methods.sort());
  });

  it('for what is malformed, with the clause that it breaks', () => {
    expect(keys(texts.malformed)).toEqual([...Object.keys(CLAUSES), ...NO_CLAUSE].sort());
    const sources = namedInSources(/'([a-zA-Z0-9]+)'/g, (file) => file !== 'clauses.ts');
    expect(keys(texts.malformed).filter((key) => !sources.includes(key))).toEqual([]);
  });

  it('for frames, beside what the inspector says of them', () => {
    const kinds = namedInSources(/\[0x\w, '([a-z]+)'\]/g, (file) => file.endsWith('frame-fields.ts'));
    const begun = ['continuation', 'text', 'binary'].map((kind) => `${kind}Begun`);
    const built = ['length', 'lengthMasked', 'payload', 'payloadCompressed', 'reserved'];
    const named = namedInSources(/inspect:frame\.([a-zA-Z]+)/g);
    const missing = [...kinds, ...begun, ...built, ...named].filter(
      (key) => !keys(texts.frame).includes(key),
    );
    expect(missing).toEqual([]);
    expect(kinds).toHaveLength(6);
  });

  it('for what bodies carry', () => {
    const sse = namedInSources(/note\('([a-zA-Z]+)'\)/g, (file) => file.endsWith('event-stream.ts'));
    expect(keys(texts.sse)).toEqual(sse);
    expect(keys(texts.script)).toEqual(namedInSources(/'inspect:script\.([a-zA-Z]+)'/g));
    expect(keys(texts.form)).toEqual(namedInSources(/'inspect:form\.([a-zA-Z]+)'/g));
  });

  it('for fields that the sources name', () => {
    const sources = namedInSources(/[`'](?:inspect:field\.)?([a-zA-Z0-9]+)'/g);
    const computed = ['chunkSize', 'lastChunk'];
    expect(keys(texts.field).filter((key) => !sources.includes(key) && !computed.includes(key))).toEqual([]);
    const notes = namedInSources(/'inspect:field\.([a-zA-Z]+)'/g);
    expect(notes.filter((note) => !keys(texts.field).includes(note))).toEqual([]);
  });
});

describe('a header that means nothing of its own', () => {
  it('is said to be so, whatever its name', () => {
    for (const name of ['x-mine', 'constructor', '__proto__']) {
      expect(headerNote(name, 'a', 'request')).toEqual({ note: 'inspect:header.other' });
    }
  });

  it('in its value falls back to the meaning of its name', () => {
    expect(headerNote('retry-after', 'soon', 'response')).toMatchObject({
      note: 'inspect:header.retry-after',
    });
    expect(headerNote('connection', 'constructor', 'request')).toMatchObject({
      note: 'inspect:header.connection',
    });
  });
});
