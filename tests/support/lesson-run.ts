/** Runs a lesson's code as the app does: server code in a lab, the page in a real browser, both recorded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Frame } from 'playwright-core';
import { profileOf, type LessonInfo, type LessonPatch, type LessonProfile } from '../../lessons/contract.ts';
import type { WireFacts } from '../../lessons/facts.ts';
import { factsOf } from '../../client/facts/index.ts';
import type { PageEvent, PageMessage } from '../../client/stage/protocol.ts';
import type { CreateLabBody } from '../../server/labs/protocol.ts';
import { createLab, openWire } from './lab.ts';
import { record } from './recording.ts';

const LESSONS = join(import.meta.dirname, '../../lessons');

export interface LessonRun {
  /** What is on the wire by now. */
  facts(): WireFacts;
  /** Errors that no code caught, in the page or on the server. */
  uncaught(): string[];
  /** The learner's page, the first of several. */
  page: Frame;
  close(): Promise<void>;
}

/** The files of an edition as the lab gets them, with patches put in, one after the other. */
export function filesOf(
  lesson: LessonInfo,
  variant: string | undefined,
  patches: readonly LessonPatch[] = [],
): Record<string, string> {
  const folders = [join(LESSONS, lesson.id), ...(variant ? [join(LESSONS, lesson.id, variant)] : [])];
  const files: Record<string, string> = { 'page.css': readFileSync(join(LESSONS, 'page.css'), 'utf8') };
  for (const folder of folders) {
    const names = readdirSync(folder).filter((name) => /\.(js|html)$/.test(name));
    for (const name of names) files[name] = readFileSync(join(folder, name), 'utf8');
  }
  for (const { file, find, replace } of patches) {
    if (!files[file]?.includes(find)) throw new Error(`${file} of ${lesson.id} has no such text: ${find}`);
    files[file] = files[file].replace(find, () => replace);
  }
  return files;
}

export interface LessonRunSpec {
  lesson: LessonInfo;
  /** The edition; the first when absent. */
  variant?: string | undefined;
  /** Put into its files, one after the other. */
  patches?: readonly LessonPatch[];
  /** The old browser that is chosen at the page; the one that the edition is for when absent. */
  profile?: LessonProfile;
}

/** Starts a run of an edition in a fresh profile of the browser. */
export async function runLesson(
  app: string,
  browser: Browser,
  { lesson, variant, patches, profile }: LessonRunSpec,
): Promise<LessonRun> {
  const files = filesOf(lesson, variant, patches);
  return runLab(
    app,
    browser,
    {
      files,
      page: lesson.page,
      conditions: { latencyMs: lesson.latencyMs },
      profile: profile ?? profileOf(lesson, variant),
    },
    lesson.pages,
  );
}

/** Starts a run of any code, with the page of `index.html` or with these pages. */
export async function runLab(
  app: string,
  browser: Browser,
  body: CreateLabBody,
  pages: readonly { name: string | null; file: string }[] = [{ name: null, file: 'index.html' }],
): Promise<LessonRun> {
  const lab = await createLab(app, body);
  const wire = await openWire(app, lab);
  const context = await browser.newContext();
  try {
    const recording = record();
    const uncaught: string[] = [];
    let told = 0;
    let startedAt = 0;

    /** Hands on what the server told since the last time. */
    function catchUp(): void {
      for (const event of wire.events.slice(told)) {
        if (event.type === 'run') startedAt = event.startedAt;
        if (event.type === 'thrown') uncaught.push(`server.js: ${event.error.message}`);
        if (event.type === 'state' && event.error) uncaught.push(`server.js: ${event.error.message}`);
      }
      recording.capture.telemetry(wire.events.slice(told));
      told = wire.events.length;
    }

    const framed = pages.map(({ name, file }) => ({
      name,
      url: file === 'index.html' ? lab.page!.url : new URL(file, lab.page!.url).href,
    }));
    const page = await openFramed(context, app, framed, (name, timeOrigin, { run, events }) => {
      catchUp();
      // One machine, one wall clock: page times become lab times without measuring.
      const placed = events.map((event): PageEvent => ({ ...event, t: timeOrigin + event.t - startedAt }));
      for (const event of placed) if (event.type === 'error') uncaught.push(`page: ${event.message}`);
      recording.capture.page(run, placed, name);
    });
    return {
      facts() {
        catchUp();
        return factsOf(recording.run(), recording.capture.bytesOf);
      },
      uncaught: () => uncaught,
      page,
      async close() {
        await context.close();
        wire.close();
        await lab.call('DELETE', '');
      },
    };
  } catch (error) {
    await context.close();
    wire.close();
    throw error;
  }
}

/**
 * Opens the pages, each in a frame of a document on the app's origin, the only one that their runtimes tell.
 * Returns the first.
 */
async function openFramed(
  context: BrowserContext,
  app: string,
  pages: readonly { name: string | null; url: string }[],
  onMessage: (name: string | null, timeOrigin: number, message: PageMessage) => void,
): Promise<Frame> {
  const host = await context.newPage();
  await host.goto(`${app}/healthz`);
  await host.exposeFunction('told', onMessage);
  // Before any script of a framed document: when its clock began.
  await context.addInitScript(() => {
    if (parent !== window) parent.postMessage({ timeOrigin: performance.timeOrigin }, '*');
  });
  await host.evaluate((addresses) => {
    const { told } = window as unknown as {
      told(name: string | null, timeOrigin: number, message: unknown): void;
    };
    const origins = new Map<unknown, number>();
    const names = new Map<unknown, string | null>();
    addEventListener(
      'message',
      ({ data, source }: MessageEvent<{ timeOrigin?: number; events?: unknown }>) => {
        if (data.timeOrigin !== undefined) origins.set(source, data.timeOrigin);
        if (data.events === undefined) return;
        // As text, unless the page has spoiled its JSON (`PostedPageMessage`).
        const events: unknown = typeof data.events === 'string' ? JSON.parse(data.events) : data.events;
        told(names.get(source) ?? null, origins.get(source) ?? 0, { ...data, events });
      },
    );
    for (const { name, url } of addresses) {
      const frame = document.createElement('iframe');
      frame.style.cssText = 'width: 800px; height: 600px';
      frame.src = url;
      document.body.append(frame);
      names.set(frame.contentWindow, name);
    }
  }, pages);
  const frame = host.frames().find((each) => each !== host.mainFrame());
  if (!frame) throw new Error('The page is in no frame.');
  return frame;
}
