import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../server/errors/protocol.ts';
import { LANGUAGES, type Language } from './languages.ts';

const NAMESPACES = [
  'app',
  'chat',
  'course',
  'editor',
  'errors',
  'inspect',
  'lab',
  'race',
  'stage',
  'wire',
  'workbench',
];

type Texts = { [key: string]: string | Texts };

function read(language: Language, namespace: string): Texts {
  return JSON.parse(readFileSync(join(import.meta.dirname, language, `${namespace}.json`), 'utf8')) as Texts;
}

function* leaves(texts: Texts, path = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') yield [path + key, value];
    else yield* leaves(value, `${path}${key}.`);
  }
}

/** Keys without plural endings: Chinese has one form where English has two. */
function keys(texts: Texts): string[] {
  return [
    ...new Set([...leaves(texts)].map(([key]) => key.replace(/_(zero|one|two|few|many|other)$/, ''))),
  ].sort();
}

/** The names in `{{name}}`, by key. */
function params(texts: Texts): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const [key, value] of leaves(texts)) {
    const names = (found[key.replace(/_(one|other)$/, '')] ??= new Set());
    for (const [, name] of value.matchAll(/\{\{-?\s*(\w+)/g)) names.add(name!);
  }
  return Object.fromEntries(Object.entries(found).map(([key, names]) => [key, [...names].sort()]));
}

describe.each(NAMESPACES)('texts of %s', (namespace) => {
  it('exist in both languages', () => {
    expect(keys(read('zh-CN', namespace))).toEqual(keys(read('en', namespace)));
  });

  it('name the same values in both languages', () => {
    expect(params(read('zh-CN', namespace))).toEqual(params(read('en', namespace)));
  });

  it.each(LANGUAGES)('are nowhere empty in %s', (language) => {
    expect([...leaves(read(language, namespace))].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

describe('plurals and punctuation', () => {
  it('come in both forms in English', () => {
    for (const namespace of NAMESPACES) {
      const english = [...leaves(read('en', namespace))].map(([key]) => key);
      for (const key of english.filter((each) => each.endsWith('_one'))) {
        expect(english).toContain(key.replace(/_one$/, '_other'));
      }
    }
  });

  it('have no space at Chinese punctuation', () => {
    const wrong = NAMESPACES.flatMap((namespace) => [...leaves(read('zh-CN', namespace))]).filter(
      ([, text]) => /\s[，。：；？！、）]|[，。：；？！、（]\s/.test(text),
    );
    expect(wrong).toEqual([]);
  });
});

describe('files of texts', () => {
  it.each(LANGUAGES)('of %s are those of the list', (language) => {
    const files = readdirSync(join(import.meta.dirname, language)).filter((file) => file.endsWith('.json'));
    expect(files.sort()).toEqual(NAMESPACES.map((namespace) => `${namespace}.json`));
  });
});

describe('errors', () => {
  it.each(LANGUAGES)('have a text for every code in %s, and no other', (language) => {
    expect(Object.keys(read(language, 'errors')).sort()).toEqual(Object.keys(ERRORS).sort());
  });
});
