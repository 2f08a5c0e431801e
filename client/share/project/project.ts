/** A lesson's code as a project for plain Node: `npm start` runs server.js and serves the page. */
import { strToU8, zipSync } from 'fflate';
import type { LessonInfo, LessonProfile } from '../../../lessons/index.ts';
import host from './lab.mjs?raw';

export interface ProjectSpec {
  lesson: Pick<LessonInfo, 'id' | 'page' | 'pages'>;
  /** The files as they are now. */
  files: Readonly<Record<string, string>>;
  /** The old browser that the page pretends to be; the scripts that do so are the lab's. */
  emulation: { profile: LessonProfile; scripts: Record<'runtime.js' | 'legacy.js', string> } | null;
  /** What the README says, in the learner's language. */
  readme: string;
}

/** npm packages that server.js may import: lessons use them without an installation, so a project does too. */
const PACKAGES = ['ws', 'eventsource-parser'];

/** The files of the project, by path. */
export async function projectFiles({ lesson, files, emulation, readme }: ProjectSpec) {
  const server = files['server.js'] ?? '';
  const manifest = {
    name: lesson.id,
    version: '1.0.0',
    private: true,
    type: /^\s*(import|export)\b/m.test(server) ? 'module' : 'commonjs',
    scripts: { start: 'node lab.mjs' },
    engines: { node: '>=20' },
  };
  const settings = {
    page: lesson.page,
    documents: lesson.pages ?? [{ name: '', file: 'index.html' }],
    profile: emulation?.profile ?? null,
  };
  const used = PACKAGES.filter((name) => new RegExp(`['"]${name}['"]`).test(server));
  const packages = used.length > 0 ? await (await import('./packages.ts')).filesOf(used) : {};
  return {
    'README.md': readme,
    'package.json': json(manifest),
    'lab.json': json(settings),
    'lab.mjs': host,
    ...emulation?.scripts,
    ...files,
    ...packages,
  };
}

/** A zip with these files in a folder. */
export function zipOf(folder: string, files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([path, text]) => [`${folder}/${path}`, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries), { level: 9 }) as Uint8Array<ArrayBuffer>;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
