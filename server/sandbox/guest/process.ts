/** `process`, as far as a lab has one: its environment, its clock, its end. Nothing of the host's. */
import { now } from './bridge.ts';
import { EventEmitter } from './events.ts';
import { ROOT } from './files.ts';
import { exitNow, nextTick, setProcessHooks } from './tasks.ts';
import { console } from './console.ts';

/** What labs claim to be; the real host's version is none of their business. */
const VERSION = 'v20.19.0';
let startedAt = 0;

function hrtime(since?: [number, number]): [number, number] {
  const ms = now();
  let seconds = Math.floor(ms / 1000);
  let nanoseconds = Math.floor((ms - seconds * 1000) * 1e6);
  if (since) {
    seconds -= since[0];
    nanoseconds -= since[1];
    if (nanoseconds < 0) {
      seconds -= 1;
      nanoseconds += 1e9;
    }
  }
  return [seconds, nanoseconds];
}
hrtime.bigint = (): bigint => BigInt(Math.round(now() * 1e6));

/** Lines for the console, like a terminal would show them. */
function outputStream(print: (text: string) => void): object {
  return Object.assign(new EventEmitter(), {
    isTTY: false,
    columns: 80,
    writable: true,
    write(chunk: unknown, ...rest: unknown[]): boolean {
      print(String(chunk).replace(/\n$/, ''));
      const callback = rest.at(-1);
      if (typeof callback === 'function') nextTick(callback as () => void);
      return true;
    },
  });
}

class Process extends EventEmitter {
  title = 'node';
  pid = 1;
  ppid = 0;
  arch = 'x64';
  platform = 'linux';
  version = VERSION;
  versions: Record<string, string> = { node: VERSION.slice(1) };
  release = { name: 'node' };
  argv = ['/usr/local/bin/node', `${ROOT}/server.js`];
  argv0 = 'node';
  execArgv: string[] = [];
  execPath = '/usr/local/bin/node';
  env: Record<string, string> = {};
  exitCode: number | undefined = undefined;
  stdout = outputStream((text) => console.log(text));
  stderr = outputStream((text) => console.error(text));
  hrtime = hrtime;
  nextTick = (callback: (...args: unknown[]) => void, ...args: unknown[]): void => {
    if (typeof callback !== 'function')
      throw new TypeError('The "callback" argument must be of type function.');
    nextTick(callback, ...args);
  };
  cwd = (): string => ROOT;
  uptime = (): number => (now() - startedAt) / 1000;
  memoryUsage = (): Record<string, number> => ({
    rss: 0,
    heapTotal: 0,
    heapUsed: 0,
    external: 0,
    arrayBuffers: 0,
  });
  emitWarning = (warning: unknown): void => {
    console.warn(`(node) ${typeof warning === 'string' ? `Warning: ${warning}` : String(warning)}`);
  };
  exit = (code: number | undefined = this.exitCode): never => {
    const status = Number(code ?? 0);
    this.exitCode = status;
    this.emit('exit', status);
    exitNow(status);
  };
  abort = (): never => exitNow(134);
}

export const process = new Process();
setProcessHooks(process);

export function bootProcess(env: Record<string, string>): void {
  startedAt = now();
  process.env = { ...env };
}

export function startTime(): number {
  return startedAt;
}

// Named for packages that `require('process/')`.
export { nextTick };
