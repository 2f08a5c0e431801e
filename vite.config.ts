import { compile } from '@mdx-js/mdx';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The SPA. Server, sandbox guest and page runtime are bundled by `.ci/build.mjs`. */
export default defineConfig({
  root: 'client',
  publicDir: '../public',
  plugins: [mdx(), react({ include: /\.(tsx|mdx)$/ })],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es' },
});

/** The lessons' prose as components. */
function mdx(): Plugin {
  return {
    name: 'mdx',
    enforce: 'pre',
    async transform(prose, id) {
      if (!id.endsWith('.mdx')) return null;
      const { value, map } = await compile({ value: prose, path: id });
      return { code: String(value), map };
    },
  };
}
