/** `process`, as far as a lab has one: its environment, its clock, its end. Nothing of the host's. */
import { now } from './bridge.ts';
import { EventEmitter } from './events.ts';
import { ROOT } from './files.ts';
import { exitNow, nextTick, setProcessHooks } from './tasks.ts';
import { asBuffer, onDeprecatedBuffer } from './buffer.ts';
import { onConsoleTrouble, printText, printWarning } from './console.ts';
import { invalidArgument, nodeError } from './node-error.ts';

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

interface OutputStream {
  write(chunk: unknown, ...rest: unknown[]): boolean;
}

/** A stream whose text the console shows, as a terminal would. */
function outputStream(level: 'log' | 'error', fd: number): OutputStream {
  return Object.assign(new EventEmitter(), {
    columns: 80,
    fd,
    writable: true,
    write(chunk: unknown, ...rest: unknown[]): boolean {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
        throw invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
      printText(level, typeof chunk === 'string' ? chunk : asBuffer(chunk.slice()).toString());
      const callback = rest.at(-1);
      if (typeof callback === 'function') nextTick(callback as () => void);
      return true;
    },
    end(chunk?: unknown, ...rest: unknown[]): void {
      if (chunk !== undefined && typeof chunk !== 'function') this.write(chunk, ...rest);
    },
    getWindowSize: (): number[] => [80, 24],
    hasColors: (): boolean => false,
    getColorDepth: (): number => 1,
  });
}

interface WarningOptions {
  type?: string;
  code?: string;
  detail?: string;
}

const MEBIBYTE = 1024 * 1024;

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
  stdout = outputStream('log', 1);
  stderr = outputStream('error', 2);
  hrtime = hrtime;
  nextTick = (callback: (...args: unknown[]) => void, ...args: unknown[]): void => {
    if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
    nextTick(callback, ...args);
  };
  cwd = (): string => ROOT;
  uptime = (): number => (now() - startedAt) / 1000;
  /** Plausible and always the same: the real figures are the host's. */
  memoryUsage = Object.assign(
    (): Record<string, number> => ({
      rss: 48 * MEBIBYTE,
      heapTotal: 8 * MEBIBYTE,
      heapUsed: 5 * MEBIBYTE,
      external: MEBIBYTE,
      arrayBuffers: 16_384,
    }),
    { rss: (): number => 48 * MEBIBYTE },
  );
  cpuUsage = (): Record<string, number> => ({ user: Math.round(now() * 1000), system: 0 });
  resourceUsage = (): Record<string, number> => ({ userCPUTime: Math.round(now() * 1000), systemCPUTime: 0 });
  umask = (): number => 0o22;
  getuid = (): number => 1000;
  getgid = (): number => 1000;
  features = {};
  config = { target_defaults: {}, variables: {} };
  kill = (): never => {
    throw nodeError('ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'process.kill is not available in a lab.');
  };
  /** A listener of `warning` hears it, and the console shows it unless warnings are off. */
  emitWarning = (warning: unknown, options?: unknown, code?: string): void => {
    const given = typeof options === 'object' && options !== null ? (options as WarningOptions) : {};
    const error = warning instanceof Error ? warning : new Error(String(warning));
    const type = typeof options === 'string' ? options : given.type;
    const known = warning instanceof Error ? undefined : (given.code ?? code);
    if (!(warning instanceof Error)) error.name = type ?? 'Warning';
    if (known !== undefined) Object.assign(error, { code: known });
    if (given.detail !== undefined) Object.assign(error, { detail: given.detail });
    if (error.name === 'DeprecationWarning' && this.noDeprecation) return;
    nextTick(() => {
      const shownCode = (error as { code?: string }).code;
      const head = `(node:1) ${shownCode === undefined ? '' : `[${shownCode}] `}${error.name}: ${error.message}`;
      printWarning(given.detail === undefined ? head : `${head}\n${given.detail}`);
      this.#hint(error.name);
      this.emit('warning', error);
    });
  };
  noDeprecation: boolean | undefined = undefined;
  #hinted = false;
  /** Node says once how to learn more. */
  #hint(name: string): void {
    if (this.#hinted) return;
    this.#hinted = true;
    const flag = name === 'DeprecationWarning' ? '--trace-deprecation' : '--trace-warnings';
    printWarning(`(Use \`node ${flag} ...\` to show where the warning was created)`);
  }
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
onConsoleTrouble((text) => process.emitWarning(text));
onDeprecatedBuffer(() =>
  process.emitWarning(
    'Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.',
    'DeprecationWarning',
    'DEP0005',
  ),
);

export function bootProcess(env: Record<string, string>): void {
  startedAt = now();
  process.env = { ...env };
}

export function startTime(): number {
  return startedAt;
}

// Named for packages that `require('process/')`.
export { nextTick };
