import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@mdx-js/mdx';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { COURSE, LESSONS } from './index.ts';

const LANGUAGES = ['en', 'zh-CN'];
const here = import.meta.dirname;
const read = (id: string, file: string) => readFileSync(join(here, id, file), 'utf8');

/** What a translation may not change: steps, buttons, questions and figures, in order. */
function skeleton(prose: string): string[] {
  return [...prose.matchAll(/<(Lead|Step|Try|Ask|Option|Why|Figure)\b[^>]*>/g)].map(([tag]) => tag);
}

function steps(
  prose: string,
): { id: string; patches: string[]; options: string[]; asks: number; whys: number }[] {
  return [...prose.matchAll(/<Step id="([^"]+)">([\s\S]*?)<\/Step>/g)].map(([, id, body]) => ({
    id: id!,
    patches: [...body!.matchAll(/<Try patch="([^"]+)">/g)].map((match) => match[1]!),
    options: [...body!.matchAll(/<Option id="([^"]+)">/g)].map((match) => match[1]!),
    asks: [...body!.matchAll(/<Ask>/g)].length,
    whys: [...body!.matchAll(/<Why>/g)].length,
  }));
}

describe('the course', () => {
  it('lists every folder of lessons once, under its own name, in order', () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(LESSONS.map((lesson) => lesson.id).sort()).toEqual(folders.map((entry) => entry.name).sort());
    for (const lesson of LESSONS) expect(COURSE[lesson.order]!.id).toBe(lesson.id);
    const orders = LESSONS.map((lesson) => lesson.order);
    expect(orders).toEqual([...new Set(orders)].sort((a, b) => a - b));
  });

  it('says in the plan what the lesson says of itself', () => {
    for (const { order, group, title } of LESSONS) expect(COURSE[order]).toMatchObject({ group, title });
  });
});

describe.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('lesson %s', (id, lesson) => {
  it.each(['client.js', 'server.js'])('has a %s that parses', (file) => {
    expect(() => parse(read(id, file), { ecmaVersion: 'latest', sourceType: 'module' })).not.toThrow();
  });

  it('offers patches whose text occurs exactly once and leaves code that parses', () => {
    for (const { find, replace, file } of lesson.steps.flatMap((step) => step.patches ?? [])) {
      const original = read(id, file);
      expect(original.split(find), find).toHaveLength(2);
      const patched = original.replace(find, () => replace);
      expect(patched).not.toBe(original);
      expect(() => parse(patched, { ecmaVersion: 'latest', sourceType: 'module' }), replace).not.toThrow();
    }
  });

  it('names steps, patches and options only once', () => {
    const patches = lesson.steps.flatMap((step) => step.patches ?? []).map((patch) => patch.id);
    expect(patches).toEqual([...new Set(patches)]);
    const ids = lesson.steps.map((step) => step.id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('asks questions whose answer is one of the options', () => {
    for (const { question } of lesson.steps)
      if (question) expect(question.options).toContain(question.answer);
  });

  it.each(LANGUAGES)('has prose for every step, button, question and option in %s', (language) => {
    expect(steps(read(id, `${language}.mdx`))).toEqual(
      lesson.steps.map((step) => ({
        id: step.id,
        patches: (step.patches ?? []).map((patch) => patch.id),
        options: step.question?.options ?? [],
        asks: step.question ? 1 : 0,
        whys: step.question ? 1 : 0,
      })),
    );
  });

  it('has the same steps, buttons, questions and figures in both languages', () => {
    expect(skeleton(read(id, 'zh-CN.mdx'))).toEqual(skeleton(read(id, 'en.mdx')));
  });

  it.each(LANGUAGES)('has prose that compiles in %s', async (language) => {
    await expect(compile(read(id, `${language}.mdx`))).resolves.toBeDefined();
  });

  it('has Chinese prose without a space at Chinese punctuation or a broken line', () => {
    const prose = read(id, 'zh-CN.mdx');
    expect(prose.match(/[^\n>] [，。：；？！、）]|[，。：；？！、（] [^<\n]/g)).toBeNull();
    expect(prose.match(/\p{Script=Han}[，。；]?\n\p{Script=Han}/gu)).toBeNull();
  });
});
