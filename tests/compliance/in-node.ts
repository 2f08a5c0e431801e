/** The program as a process of real Node, in a folder of its own. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { converseAll } from './client.ts';
import { filesOf, quiet } from './settle.ts';
import type { Outcome, Program } from './program.ts';

const preload = join(import.meta.dirname, 'preload.cjs');

export async function runInNode(program: Program): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'compliance-'));
  for (const [name, text] of Object.entries(filesOf(program))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const child = spawn(process.execPath, ['--require', preload, 'server.js'], {
    cwd: folder,
    env: { PAGE_ORIGIN: 'http://page.test', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  let failure = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (failure += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const lines = (): string[] =>
    linesOf(output.replaceAll(folder, '/lab').replaceAll(`(node:${child.pid})`, '(node:1)'));
  try {
    if (!program.send) {
      const exit = await ended;
      return {
        bytes: [],
        lines: lines(),
        exit: exit ?? -1,
      };
    }
    const listening = new Promise<number>((resolve, reject) => {
      child.on('message', (told: { port: number; real: number }) => told.port === 8088 && resolve(told.real));
      void ended.then(() => reject(new Error(`Node ended before it listened.\n${failure}`)));
    });
    const bytes = await converseAll(await listening, program.send);
    await quiet(lines);
    return { bytes, lines: lines() };
  } finally {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

function linesOf(output: string): string[] {
  return output === '' ? [] : output.replace(/\n$/, '').split('\n');
}
