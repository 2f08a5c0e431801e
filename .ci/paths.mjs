/** Where things are, and how a command of the project is run. Node's own modules only. */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export function inRoot(...parts) {
  return join(ROOT, ...parts);
}

/** Runs a program in the project's folder, its output on ours; resolves to its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : code));
  });
}

/** Runs a program of a dependency with this very Node, found by its path: no shell, no PATH. */
export function runTool(script, args) {
  return run(process.execPath, [inRoot('node_modules', script), ...args]);
}

/** Like `runTool`, for what runs beside others: its output comes whole, at its end. */
export async function runToolBeside(script, args) {
  const child = spawn(process.execPath, [inRoot('node_modules', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [code, ...output] = await Promise.all([
    new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve)),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code: code ?? 1, output: output.join('') };
}

/** Every file below the given files and folders, in a stable order. What does not exist is left out. */
export async function filesUnder(paths) {
  const found = [];
  for (const path of paths) {
    let entries;
    try {
      entries = await readdir(inRoot(path), { recursive: true, withFileTypes: true });
    } catch (error) {
      if (error.code === 'ENOTDIR') found.push(inRoot(path));
      else if (error.code !== 'ENOENT') throw error;
      continue;
    }
    for (const entry of entries) if (entry.isFile()) found.push(join(entry.parentPath, entry.name));
  }
  return found.sort();
}

/** One hash over the names and contents of files. */
export async function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(file.slice(ROOT.length).replaceAll('\\', '/')).update('\0');
    hash.update(await readFile(file)).update('\0');
  }
  return hash.digest('hex');
}

/** Runs a command's main part; an error of ours ends it with one plain line, not with a stack. */
export async function orFail(work) {
  try {
    return await work();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
