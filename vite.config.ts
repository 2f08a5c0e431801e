import mdx from '@mdx-js/rollup';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The SPA. Server, sandbox guest and page runtime are bundled by `.ci/build.mjs`. */
export default defineConfig({
  root: 'client',
  publicDir: '../public',
  plugins: [{ enforce: 'pre', ...mdx({ providerImportSource: undefined }) }, react({ include: /\.(tsx|mdx)$/ })],
  build: { outDir: '../dist/client', emptyOutDir: true, target: 'es2022', manifest: true },
  worker: { format: 'es' },
});
