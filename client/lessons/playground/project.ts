import type { LessonInfo, LessonProfile } from '../../../lessons/index.ts';
import { loadProject } from '../../share/index.ts';

interface Spec {
  lesson: LessonInfo;
  files: Record<string, string>;
  /** The old browser that the page is in. */
  profile: LessonProfile | null;
  title: string;
  /** Texts of the namespace `stage`. */
  t(key: string, values?: Record<string, unknown>): string;
}

/**
 * The lesson's code as it is now, as a project for Node, zipped.
 * @throws when the server does not answer: of it come the scripts that emulate an old browser.
 */
export async function zipOfLesson({ lesson, files, profile, title, t }: Spec): Promise<Blob> {
  const { projectFiles, zipOf } = await loadProject();
  const emulation = profile && {
    profile,
    scripts: { 'runtime.js': await scriptOf('runtime'), 'legacy.js': await scriptOf('legacy') },
  };
  const readme = [
    `# ${title}`,
    t('project.start'),
    '```sh\nnpm start\n```',
    t('project.what'),
    ...(lesson.page === 'cross-origin' ? [t('project.crossOrigin')] : []),
    ...(profile ? [t('project.emulated')] : []),
    t('project.ports'),
    '```sh\nPORTS=any npm start\n```',
    t('project.differs'),
  ];
  const project = await projectFiles({ lesson, files, emulation, readme: `${readme.join('\n\n')}\n` });
  return new Blob([zipOf(lesson.id, project)], { type: 'application/zip' });
}

async function scriptOf(name: 'runtime' | 'legacy'): Promise<string> {
  const response = await fetch(`/api/page-scripts/${name}`);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.text();
}
