/**
 * Builds what `dist/` lacks: each step is skipped while the hash of its inputs is the one it was
 * built from.
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compress } from './compress.mjs';
import { filesUnder, hashOf, inRoot, orFail } from './paths.mjs';

const STAMP = inRoot('dist/.built.json');
const ALWAYS = ['.ci/build.mjs', '.ci/budget.mjs', '.ci/compress.mjs', 'package.json', 'package-lock.json'];

export const STEPS = {
  sandbox: {
    inputs: ['server/sandbox', 'server/console', 'server/errors'],
    output: 'dist/server/sandbox/offers.json',
    build: buildSandboxArtifacts,
  },
  declarations: {
    inputs: ['.ci/declarations.mjs', 'dist/server/sandbox/offers.json'],
    output: 'dist/declarations.json',
    build: buildDeclarations,
  },
  client: {
    inputs: ['client', 'lessons', 'public', 'server', 'vite.config.ts', 'dist/declarations.json'],
    ignore:
      /\/client\/stage\/(runtime|legacy)\/|\/client\/chat\/frame\/index|\/server\/(?!.*(protocol|freeze|addresses)\.ts$)/,
    output: 'dist/client/index.html',
    build: buildClient,
  },
  runtime: {
    inputs: ['client/stage', 'server/console', 'server/errors'],
    output: 'dist/runtime.js',
    build: () => buildPageScript('runtime'),
  },
  legacy: {
    inputs: ['client/stage', 'server/console', 'server/errors', 'server/labs/protocol.ts'],
    output: 'dist/legacy.js',
    build: () => buildPageScript('legacy'),
  },
  transports: {
    inputs: ['client/chat', 'server/chat/protocol.ts'],
    output: 'dist/transports.js',
    build: () => buildPageScript('transports', 'client/chat/frame/index.ts'),
  },
  server: {
    inputs: ['server', 'lessons', 'client/stage/protocol.ts'],
    ignore: /\/server\/sandbox\/guest\//,
    output: 'dist/server/main.js',
    build: buildServer,
  },
};

/** Runs the named steps (all by default) that are out of date; resolves to the names of those that ran. */
export async function build(names = Object.keys(STEPS)) {
  const built = await readStamp();
  const ran = [];
  for (const name of names) {
    const step = STEPS[name];
    const hash = await inputHash(step);
    if (built[name] === hash && existsSync(inRoot(step.output))) continue;
    const started = performance.now();
    await forget(built, name);
    await step.build();
    await remember(built, name, hash);
    console.log(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    ran.push(name);
  }
  return ran;
}

async function inputHash({ inputs, ignore }) {
  const files = await filesUnder([...inputs, ...ALWAYS]);
  return hashOf(
    files.filter((file) => {
      const path = file.replaceAll('\\', '/');
      return !/\.test\.tsx?$/.test(path) && !ignore?.test(path);
    }),
  );
}

async function readStamp() {
  return existsSync(STAMP) ? JSON.parse(await readFile(STAMP, 'utf8')) : {};
}

/** A step that fails half-way must run again, even when its inputs go back to what they were. */
async function forget(built, name) {
  built[name] = null;
  await writeStamp(built);
}

async function remember(built, name, hash) {
  built[name] = hash;
  await writeStamp(built);
}

async function writeStamp(built) {
  await mkdir(inRoot('dist'), { recursive: true });
  await writeFile(STAMP, JSON.stringify(built, null, 2));
}

/** What the editor knows of Node; `vite.config.ts` hands it to the language service. */
async function buildDeclarations() {
  const { labDeclarations, readOffers } = await import('./declarations.mjs');
  await writeFile(inRoot('dist/declarations.json'), JSON.stringify(labDeclarations(await readOffers())));
}

async function buildClient() {
  const [{ build: viteBuild }, { checkBudget }] = await Promise.all([import('vite'), import('./budget.mjs')]);
  const { output } = await viteBuild({ configFile: inRoot('vite.config.ts'), logLevel: 'warn' });
  checkBudget(output);
  await compress('dist/client');
}

/** What the lab puts before the scripts of the learner's page. */
async function buildPageScript(name, entry = `client/stage/${name}/index.ts`) {
  await bundle({
    input: inRoot(entry),
    platform: 'browser',
    transform: { target: 'es2018' },
    output: { file: inRoot(`dist/${name}.js`), format: 'iife', minify: true },
  });
}

async function buildServer() {
  const main = inRoot('dist/server/main.js');
  await bundle({
    input: inRoot('server/main.ts'),
    platform: 'node',
    // Dependencies stay imports: npm installs them beside the package.
    external: (id) => !/^([.#/\0]|[A-Za-z]:)/.test(id),
    transform: { target: 'node20' },
    output: { file: main, format: 'es', codeSplitting: false },
  });
  await chmod(main, 0o755);
}

async function buildSandboxArtifacts() {
  const { buildSandbox } = await import('../server/sandbox/build.mjs');
  await mkdir(inRoot('dist/server/sandbox'), { recursive: true });
  await buildSandbox({ outDir: inRoot('dist/server/sandbox') });
}

/** One bundle; anything rolldown would only warn of (an import that resolves to nothing) is an error. */
async function bundle({ output, ...input }) {
  const { rolldown } = await import('rolldown');
  const warnings = [];
  const made = await rolldown({
    cwd: inRoot(),
    ...input,
    onLog: (level, log) => {
      if (level === 'warn') warnings.push(log.message);
    },
  });
  await made.write(output);
  await made.close();
  if (warnings.length > 0) throw new Error(`rolldown warns:\n${warnings.join('\n')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  await orFail(async () => {
    const { ensureInstalled } = await import('./install.mjs');
    await ensureInstalled();
    const ran = await build(asked.length > 0 ? asked : undefined);
    if (ran.length === 0) console.log('dist/ is up to date');
  });
}
