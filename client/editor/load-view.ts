import type { CreateEditorView } from './editor-view.ts';

/** Monaco cannot be used with a finger, and is too heavy for a phone. */
export type EditorKind = 'monaco' | 'codemirror';

export function chooseEditor(): EditorKind {
  const small = matchMedia('((pointer: coarse) and (not (any-pointer: fine))) or (width < 700px)');
  return small.matches ? 'codemirror' : 'monaco';
}

async function loadMonaco(): Promise<CreateEditorView> {
  // Most of Monaco's texts are constants of its modules, read once while these run: another language would
  // take a second Monaco. A language chosen later comes with the next visit.
  if (document.documentElement.lang === 'zh-CN') await import('monaco-editor/nls/lang/zh-cn.js');
  const { createMonacoView } = await import('./monaco-view.ts');
  return createMonacoView;
}

async function loadCodeMirror(): Promise<CreateEditorView> {
  const { createCodeMirrorView } = await import('./codemirror-view.ts');
  return createCodeMirrorView;
}

const loading = new Map<EditorKind, Promise<CreateEditorView>>();

/** The editor's code, fetched once; after a failure the next call tries again. */
export function loadEditorView(kind: EditorKind): Promise<CreateEditorView> {
  const known = loading.get(kind);
  if (known) return known;
  const load = kind === 'monaco' ? loadMonaco() : loadCodeMirror();
  loading.set(kind, load);
  load.catch(() => loading.delete(kind));
  return load;
}
