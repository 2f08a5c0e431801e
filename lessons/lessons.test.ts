import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@mdx-js/mdx';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { EXPERIMENT_IDS } from '../client/workbench/experiments.ts';
import { COMMON_FIGURES } from '../client/lessons/reading/figures.ts';
import { LESSONS } from './all.ts';
import type { LessonInfo, LessonPatch } from './contract.ts';
import { COURSE } from './index.ts';

const LANGUAGES = ['en', 'zh-CN'];
const here = import.meta.dirname;
const read = (id: string, file: string) => readFileSync(join(here, id, file), 'utf8');
const all = (prose: string, pattern: RegExp) => [...prose.matchAll(pattern)].map((match) => match[1]!);

/** What a translation may not change: steps, buttons, questions, goals and figures, in order. */
function skeleton(prose: string): string[] {
  const tags =
    /<(Lead|Step|Try|TryNetwork|TryRequest|Ask|Option|Why|Figure|Line|Stroke|Challenge|Goal|Hint)\b[^>]*>/g;
  return [...prose.matchAll(tags)].map(([tag]) => tag);
}

function steps(prose: string) {
  return [...prose.matchAll(/<Step id="([^"]+)">([\s\S]*?)<\/Step>/g)].map(([, id, body = '']) => ({
    id: id!,
    patches: all(body, /<Try patch="([^"]+)">/g),
    network: all(body, /<TryNetwork network="([^"]+)">/g),
    experiments: all(body, /<TryRequest experiment="([^"]+)">/g),
    options: all(body, /<Option id="([^"]+)">/g),
    goals: all(body, /<Goal id="([^"]+)">/g),
    hints: [...body.matchAll(/<Hint>/g)].length,
    asks: [...body.matchAll(/<Ask>/g)].length,
    whys: [...body.matchAll(/<Why>/g)].length,
  }));
}

/** Folders of the editions of a lesson's code: its own, and one for every variant. */
const editions = (lesson: LessonInfo) => [null, ...(lesson.variants ?? []).map(({ id }) => id)];
const fileOf = ({ file, variant }: LessonPatch) => (variant ? `${variant}/${file}` : file);
const allPatches = (lesson: LessonInfo) => lesson.steps.flatMap((step) => step.patches ?? []);

function expectProgram(text: string, says: string): void {
  const parses = (sourceType: 'module' | 'script') => () =>
    parse(text, { ecmaVersion: 'latest', sourceType });
  // Old programs are scripts, and some of them use words that modules reserve.
  try {
    parses('module')();
  } catch {
    expect(parses('script'), says).not.toThrow();
  }
}

describe('the course', () => {
  it('lists every folder of lessons once, under its own name, in order', () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(LESSONS.map((lesson) => lesson.id).sort()).toEqual(folders.map((entry) => entry.name).sort());
    const orders = LESSONS.map((lesson) => lesson.order);
    expect(orders).toEqual([...new Set(orders)].sort((a, b) => a - b));
  });

  it('says in the plan what the lessons say of themselves', () => {
    const plan = COURSE.map(({ id, group, title, minutes, steps: count }, order) => ({
      id,
      order,
      group,
      title,
      minutes,
      count,
    }));
    expect(plan).toEqual(
      LESSONS.map(({ id, order, group, title, minutes, steps: { length: count } }) => ({
        id,
        order,
        group,
        title,
        minutes,
        count,
      })),
    );
  });
});

describe.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('lesson %s', (id, lesson) => {
  it.runIf(lesson.stage)('has no code, and so promises nothing of it', () => {
    expect(readdirSync(join(here, id)).sort()).toEqual(['en.mdx', 'lesson.ts', 'zh-CN.mdx']);
    expect(lesson.promises).toEqual({});
    expect(allPatches(lesson)).toEqual([]);
  });

  it.skipIf(lesson.stage).each(editions(lesson))('has programs that parse (edition %s)', (variant) => {
    const names = readdirSync(join(here, id, variant ?? '')).filter((name) => name.endsWith('.js'));
    expect(names.length).toBeGreaterThan(0);
    for (const file of names) expectProgram(read(id, variant ? `${variant}/${file}` : file), file);
    if (variant === null) expect(readdirSync(join(here, id))).toContain('index.html');
  });

  it('offers patches whose text occurs exactly once and leaves programs that parse', () => {
    for (const patch of allPatches(lesson)) {
      const original = read(id, fileOf(patch));
      expect(original.split(patch.find), patch.find).toHaveLength(2);
      const patched = original.replace(patch.find, () => patch.replace);
      expect(patched).not.toBe(original);
      if (patch.file.endsWith('.js')) expectProgram(patched, patch.replace);
    }
  });

  it('solves its challenges by patches that can be put in one after the other', () => {
    for (const { challenge } of lesson.steps) {
      if (!challenge) continue;
      expect(challenge.solution.length).toBeGreaterThan(0);
      const texts = new Map<string, string>();
      for (const patch of challenge.solution) {
        expect(patch.variant).toBe(challenge.variant);
        const before = texts.get(patch.file) ?? read(id, fileOf(patch));
        expect(before.split(patch.find), patch.find).toHaveLength(2);
        texts.set(
          patch.file,
          before.replace(patch.find, () => patch.replace),
        );
      }
      for (const [file, text] of texts) if (file.endsWith('.js')) expectProgram(text, file);
    }
  });

  it('names steps, patches, goals and options only once', () => {
    const unique = (names: string[]) => expect(names).toEqual([...new Set(names)]);
    unique(allPatches(lesson).map((patch) => patch.id));
    unique(lesson.steps.map((step) => step.id));
    for (const { question, challenge } of lesson.steps) {
      unique(question?.options ?? []);
      unique(challenge?.goals.map((goal) => goal.id) ?? []);
    }
  });

  it('offers experiments that the workbench has, where it has one', () => {
    const offered = lesson.steps.flatMap(({ experiments = [] }) => experiments);
    if (!lesson.workbench) expect(offered).toEqual([]);
    for (const experiment of offered) expect(EXPERIMENT_IDS).toContain(experiment);
  });

  it('asks questions whose answer is one of the options', () => {
    for (const { question } of lesson.steps)
      if (question) expect(question.options).toContain(question.answer);
  });

  it.skipIf(lesson.stage)('promises something of every edition', () => {
    for (const variant of editions(lesson)) expect(lesson.promises[variant ?? '']?.length).toBeGreaterThan(0);
  });

  it('promises something of every browser that it offers, and has no edition with one of its own then', () => {
    const { profiles = [], profilePromises = {}, variants = [] } = lesson;
    expect(Object.keys(profilePromises).sort()).toEqual([...profiles].sort());
    for (const promises of Object.values(profilePromises)) expect(promises.length).toBeGreaterThan(0);
    if (lesson.profiles) expect([lesson, ...variants].filter(({ profile }) => profile)).toEqual([]);
  });

  it.each(LANGUAGES)('has prose for every step, button, question, goal and hint in %s', (language) => {
    expect(steps(read(id, `${language}.mdx`))).toEqual(
      lesson.steps.map(({ id: step, patches = [], network = [], experiments = [], question, challenge }) => ({
        id: step,
        patches: patches.map((patch) => patch.id),
        network: network.map((change) => change.id),
        experiments,
        options: question?.options ?? [],
        goals: challenge?.goals.map((goal) => goal.id) ?? [],
        hints: challenge?.hints ?? 0,
        asks: question ? 1 : 0,
        whys: question ? 1 : 0,
      })),
    );
  });

  it.each(LANGUAGES)('quotes figures, strokes and lines that exist in %s', (language) => {
    const prose = read(id, `${language}.mdx`);
    const figures = [...COMMON_FIGURES, ...Object.keys(lesson.figures ?? {})];
    for (const name of all(prose, /<Figure name="([^"]+)"/g)) expect(figures).toContain(name);
    for (const name of all(prose, /<Stroke of="([^"]+)"/g)) {
      expect(Object.keys(lesson.strokes ?? {})).toContain(name);
    }
    for (const [, file, find] of prose.matchAll(/<Line file="([^"]+)" find="([^"]+)"/g)) {
      const texts = editions(lesson)
        .map((variant) => (variant ? `${variant}/${file!}` : file!))
        .filter((path) => existsSync(join(here, id, path)))
        .map((path) => read(id, path));
      expect(
        texts.some((text) => text.includes(find!)),
        find,
      ).toBe(true);
    }
  });

  it('has the same steps, buttons, questions and figures in both languages', () => {
    expect(skeleton(read(id, 'zh-CN.mdx'))).toEqual(skeleton(read(id, 'en.mdx')));
  });

  it.each(LANGUAGES)(
    'has prose that compiles, with emphasis that Markdown understands, in %s',
    async (language) => {
      const text = String(await compile(read(id, `${language}.mdx`)));
      // `**a。**b` is not: a mark between punctuation and a letter cannot close (CommonMark §6.2).
      const left = [...text.matchAll(/"([^"\n]*\*\*[^"\n]*)"/g)].map(([, words]) => words);
      expect(left.filter((words) => words !== '/**/')).toEqual([]);
    },
  );

  it.each(['en', 'zh-CN'] as const)('says the title of a step once in %s', (language) => {
    const prose = read(id, `${language}.mdx`);
    for (const { title } of lesson.steps) expect(prose.split('\n')).not.toContain(`### ${title[language]}`);
  });

  it('has Chinese prose without a space at Chinese punctuation or a broken line', () => {
    const prose = read(id, 'zh-CN.mdx');
    expect(prose.match(/[^\n>] [，。：；？！、）]|[，。：；？！、（] [^<\n]/g)).toBeNull();
    expect(prose.match(/\p{Script=Han}[，。；]?\n\p{Script=Han}/gu)).toBeNull();
  });
});
