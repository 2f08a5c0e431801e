/** Installs the dependencies from the lockfile, when what is installed is not what it says. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { inRoot, ROOT, run } from './paths.mjs';

const STAMP = inRoot('node_modules', '.made-for');
/** Native parts of the tools differ by these. */
const MADE_FOR = `${process.platform} ${process.arch} ${process.versions.modules}\n`;

/** Runs `npm ci` unless `node_modules` already is what `package-lock.json` and this Node need. */
export async function ensureInstalled() {
  refuseOldNode();
  if (await isInstalled()) return;
  console.log('Installing the dependencies named in package-lock.json …');
  const code = await runNpm(['ci']);
  if (code !== 0) throw new Error('npm ci failed; what it said is above.');
  await writeFile(STAMP, MADE_FOR);
}

/** As `engines` in package.json, but said in one line, before anything else fails less clearly. */
function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const fits = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  if (!fits) throw new Error(`Node ${process.version} is too old: 20.19, 22.12 or a later one is needed.`);
}

async function isInstalled() {
  const [wanted, present] = await Promise.all([
    packagesOf('package-lock.json'),
    packagesOf('node_modules/.package-lock.json'),
  ]);
  if (!present) return false;
  const madeFor = await readFile(STAMP, 'utf8').catch(ignoreMissing);
  if (madeFor !== null && madeFor !== MADE_FOR) return false;
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '') continue;
    // A package for another platform is listed in the lockfile and rightly absent.
    if (present[path] === undefined ? !optional : present[path].version !== version) return false;
  }
  if (madeFor === null) await writeFile(STAMP, MADE_FOR);
  return true;
}

/** `node_modules/.package-lock.json` is npm's own record of what it installed. */
async function packagesOf(lockfile) {
  const text = await readFile(inRoot(lockfile), 'utf8').catch(ignoreMissing);
  return text === null ? null : JSON.parse(text).packages;
}

function ignoreMissing(error) {
  if (error.code === 'ENOENT') return null;
  throw error;
}

function runNpm(args) {
  const npm = process.env.npm_execpath;
  if (npm && existsSync(npm) && /\.c?js$/.test(npm)) return run(process.execPath, [npm, ...args]);
  // On Windows npm is a batch file, which only a shell starts.
  return run('npm', args, { cwd: ROOT, shell: process.platform === 'win32' });
}
