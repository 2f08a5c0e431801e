/** The built app as a process of its own, as a user starts it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { resolve as resolvePath } from 'node:path';

/** From the project's root, where npm, vitest and the bench start. */
const MAIN = resolvePath('dist/server/main.js');

export interface App {
  /** Origin, without a slash at the end. */
  url: string;
  port: number;
  pid: number;
  close(): Promise<void>;
}

/** Starts `dist/server/main.js` on a free port of loopback; resolves once it says where it listens. */
export async function startApp(env: Record<string, string> = {}): Promise<App> {
  if (!existsSync(MAIN)) throw new Error('There is no dist/server/main.js: run `npm run build` first.');
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Nor does it outlive a test or a bench that ends by an error.
  const kill = () => child.kill();
  process.once('exit', kill);
  const exited = once(child, 'exit');
  void exited.then(() => process.off('exit', kill));
  const output: string[] = [];
  createInterface(child.stderr).on('line', (line) => output.push(line));
  let closing = false;
  void exited.then(([code, signal]) => {
    if (!closing) console.error(`The app ended by itself (${code ?? signal}):\n${output.join('\n')}`);
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      output.push(line);
      const found = /http:\/\/[^\s/]+:\d+/.exec(line);
      if (found) resolve(found[0]);
    });
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`The app ended before it listened:\n${output.join('\n')}`)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid!,
    async close() {
      closing = true;
      child.kill();
      await exited;
    },
  };
}
