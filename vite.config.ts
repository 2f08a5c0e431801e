import { readFile } from 'node:fs/promises';
import { compile } from '@mdx-js/mdx';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The SPA. Server, sandbox guest and page runtime are bundled by `.ci/build.mjs`. */
export default defineConfig({
  root: 'client',
  publicDir: '../public',
  // For React before 18: with it, texts would bring a second copy of what React has.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim(\/index\.js)?$/, replacement: 'react' }] },
  plugins: [declarations(), mdx(), react({ include: /\.(tsx|mdx)$/ })],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 8_000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { pluginTimings: false },
      treeshake: { moduleSideEffects: [{ test: /client[\\/]ui[\\/]\w+\.tsx?$/, sideEffects: false }] },
      // What the entry needs is one chunk: cut by what other chunks share, it was nine that compress less.
      output: { codeSplitting: { groups: [{ name: 'shell', tags: ['$initial'] }] } },
    },
  },
  worker: { format: 'es', plugins: () => [declarations()] },
});

/** The declarations that `.ci/build.mjs` cut for the language service, under a name of no file. */
function declarations(): Plugin {
  const name = 'virtual:lab-declarations';
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    async load(id) {
      if (id !== `\0${name}`) return null;
      const json = await readFile(new URL('dist/declarations.json', import.meta.url), 'utf8');
      // Parsed by the browser as JSON, which is twice as fast as the same text as code.
      return `export const files = JSON.parse(${JSON.stringify(json)});`;
    },
  };
}

/** The lessons' prose as components. */
function mdx(): Plugin {
  return {
    name: 'mdx',
    enforce: 'pre',
    async transform(prose, id) {
      if (!id.endsWith('.mdx')) return null;
      const { value, map } = await compile({ value: prose, path: id }, { recmaPlugins: [trusting] });
      return { code: String(value), map };
    },
  };
}

/** As much of an ESTree statement as `trusting` looks at. */
interface Statement {
  type: string;
  id?: { name: string };
  body?: { body: Statement[] };
}

/** `lessons.test.ts` holds that every word of a lesson exists: its module does not ask again, word by word. */
function trusting() {
  return (program: { body: Statement[] }) => {
    for (const node of program.body) {
      if (node.body && node.id?.name === '_createMdxContent') {
        node.body.body = node.body.body.filter(({ type }) => type !== 'IfStatement');
      }
    }
  };
}
