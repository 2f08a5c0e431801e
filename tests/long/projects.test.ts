/** Every written lesson as a project: unzipped, started by `npm start` on plain Node, its page driven in a browser. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { projectFiles, zipOf } from '../../client/share/project/project.ts';
import { LESSONS } from '../../lessons/all.ts';
import { profileOf, type LessonInfo, type LessonPatch } from '../../lessons/contract.ts';
import { launchBrowser } from '../support/browser.ts';
import { filesOf } from '../support/lesson-run.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What shows that page and server have talked, where that is not a message on the page. */
const TALKED: Record<string, (project: Project, page: Page) => Promise<boolean>> = {
  'request-response': async (_project, page) => {
    const [, b] = page.context().pages();
    await b!.getByRole('button').click();
    return /hello/.test(await b!.locator('body').innerText());
  },
  sse: async (_project, page) => /^2 /m.test(await page.locator('body').innerText()),
  // The answers are withheld from the page: that is where the lesson begins.
  cors: async ({ output }) => output.some((line) => line.startsWith('OPTIONS /notes from http://localhost:')),
  csrf: async ({ output }) => output.some((line) => line.includes('to mallory')),
  websocket: async (_project, page) => /"x":11/.test(await page.locator('body').innerText()),
};

const messageShown = async (_project: Project, page: Page) =>
  /message \d/.test(await page.locator('body').innerText());

interface Project {
  /** Addresses of its pages. */
  pages: string[];
  /** What it printed. */
  output: string[];
  exited(): boolean;
  close(): Promise<void>;
}

interface How {
  patches?: readonly LessonPatch[];
  env?: Record<string, string>;
}

/** Makes the project, unzips it, and starts it as its README says. */
async function start(
  lesson: LessonInfo,
  variant: string | undefined,
  { patches = [], env = { PORTS: 'any' } }: How = {},
): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  const profile = profileOf(lesson, variant);
  const script = (name: string) => readFile(`dist/${name}`, 'utf8');
  const emulation = profile && {
    profile,
    scripts: { 'runtime.js': await script('runtime.js'), 'legacy.js': await script('legacy.js') },
  };
  const zip = zipOf(
    lesson.id,
    await projectFiles({
      lesson,
      files: filesOf(lesson, variant, patches),
      emulation,
      readme: '# Read me\n',
    }),
  );
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  const child = spawn('npm', ['start', '--silent'], {
    cwd: join(folder, lesson.id),
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let isOver = false;
  const exited = once(child, 'exit').then(() => (isOver = true));
  const output: string[] = [];
  const pages: string[] = [];
  createInterface(child.stderr).on('line', (line) => output.push(line));
  createInterface(child.stdout).on('line', (line) => {
    output.push(line);
    const address = /^The page.*: (http:\S+)$/.exec(line)?.[1];
    if (address) pages.push(address);
  });
  const wantedPages = lesson.pages?.length ?? 1;
  await vi.waitFor(
    () => {
      if (pages.length < wantedPages) throw new Error(`${lesson.id} does not say where its page is.`);
    },
    { timeout: 20_000, interval: 50 },
  );
  return {
    pages,
    output,
    exited: () => isOver,
    async close() {
      // npm and the Node that it started.
      if (!isOver) process.kill(-child.pid!);
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

const editions = LESSONS.filter(({ stage }) => stage === undefined).flatMap((lesson) =>
  [undefined, ...(lesson.variants ?? []).map(({ id }) => id)].map((variant) => ({ lesson, variant })),
);

describe('a lesson as a project', () => {
  it.concurrent.for(
    editions.map((each) => [`${each.lesson.id} ${each.variant ?? ''}`.trim(), each] as const),
  )('%s runs on plain Node: its page and its server talk', async ([, { lesson, variant }], { expect }) => {
    const project = await start(lesson, variant);
    const context = await browser.newContext();
    try {
      const thrown: string[] = [];
      for (const address of project.pages) {
        const page = await context.newPage();
        page.on('pageerror', (error) => thrown.push(String(error)));
        await page.goto(address, { waitUntil: 'commit' });
      }
      const talked = TALKED[lesson.id] ?? messageShown;
      await expect
        .poll(() => talked(project, context.pages()[0]!), { timeout: 15_000, interval: 200 })
        .toBe(true);
      expect(thrown).toEqual([]);
      expect(project.exited(), project.output.join('\n')).toBe(false);
    } finally {
      await context.close();
      await project.close();
    }
  });

  it('takes another port when the one that server.js names is in use', async () => {
    const polling = LESSONS.find(({ id }) => id === 'polling')!;
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, resolve));
    const { port } = taken.address() as AddressInfo;
    const find = /listen\(\d+\)/.exec(filesOf(polling, undefined)['server.js']!)![0];
    const moved = { id: 'port', file: 'server.js', find, replace: `listen(${port})` };
    const project = await start(polling, undefined, { patches: [moved], env: {} });
    expect(project.output).toContain(`Port ${port} is in use: server.js gets another one.`);
    expect(project.pages[0]).not.toContain(`:${port}/`);
    await project.close();
    taken.close();
  });
});
