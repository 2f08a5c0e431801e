/**
 * For the sandbox's tests: artifacts built once per process, a pool, and a host with real sockets.
 *
 * Every test that imports this file is a leak test: after each, nothing is left open of the programs that have
 * ended; after all, every program has ended once, and no pool has a sandbox.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { afterAll, afterEach, expect, vi } from 'vitest';
import type { ConsoleValue } from '../console/protocol.ts';
import { buildSandbox } from './build.mjs';
import type {
  Sandbox,
  SandboxEnd,
  SandboxEvent,
  SandboxHost,
  SandboxListener,
  SandboxPool,
} from './contract.ts';
import { createSandboxPool, type SandboxPoolOptions } from './index.ts';

const artifacts = join(import.meta.dirname, '../../node_modules/.cache', `sandbox-${process.pid}`);
let built: Promise<unknown> | undefined;
process.once('exit', () => rmSync(artifacts, { recursive: true, force: true }));

const pools = new Set<SandboxPool>();
const hosts = new Set<TestHost>();

afterEach(async () => {
  for (const host of hosts) {
    if (host.ends === 0) continue;
    await vi.waitFor(() => expect(host.open()).toEqual({ ends: 1, servers: 0, sockets: 0 }), 5_000);
    hosts.delete(host);
  }
});
// Hooks of the test file itself, which close its pools, come before.
afterAll(async () => {
  for (const host of hosts)
    await vi.waitFor(() => expect(host.open()).toEqual({ ends: 1, servers: 0, sockets: 0 }), 5_000);
  expect([...pools].filter((pool) => pool.stats().sandboxes > 0)).toEqual([]);
});

/** The folder of freshly built artifacts. */
export async function testArtifacts(): Promise<string> {
  built ??= buildSandbox({ outDir: artifacts });
  await built;
  return artifacts;
}

/** A pool on freshly built artifacts. */
export async function testPool(options: Partial<SandboxPoolOptions> = {}): Promise<SandboxPool> {
  await testArtifacts();
  const pool = createSandboxPool({ artifacts, workers: 1, ...options });
  pools.add(pool);
  return pool;
}

type Call = Parameters<SandboxHost['attribute']>[0];

/** Opens real ports on loopback and keeps what it is told. */
export class TestHost implements SandboxHost {
  readonly events: SandboxEvent[] = [];
  /** Each attributed call with the text of the bytes written during it. */
  readonly calls: (Call & { bytes: string })[] = [];
  readonly servers = new Map<number, Server>();
  readonly sockets = new Set<Socket>();
  /** Ports that are refused, by virtual number. */
  refuse = new Map<number, string>();
  readonly end: Promise<SandboxEnd>;
  ends = 0;
  restarts = 0;
  onRestart = (): void => undefined;
  onRestarted = (): void => undefined;
  #ended!: (end: SandboxEnd) => void;
  #current: { bytes: string } | undefined;

  constructor() {
    hosts.add(this);
    this.end = new Promise((resolve) => (this.#ended = resolve));
  }

  listen(port: number, onConnection: (socket: Socket) => void): Promise<SandboxListener & { port: number }> {
    const code = this.refuse.get(port);
    if (code) return Promise.reject(Object.assign(new Error(code), { code, syscall: 'listen' }));
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      const write = socket._write.bind(socket);
      socket._write = (chunk: Buffer, encoding, done) => {
        if (this.#current) this.#current.bytes += Buffer.from(chunk).toString('latin1');
        write(chunk, encoding, done);
      };
      delete (socket as { _writev?: unknown })._writev;
      Object.defineProperty(socket, '_writev', { value: null });
      onConnection(socket);
    });
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        this.servers.set(port, server);
        resolve({ port: port || this.realPort(0), close: () => server.close() });
      });
    });
  }

  /** What is left of the program. */
  open(): { ends: number; servers: number; sockets: number } {
    const servers = [...this.servers.values()].filter((server) => server.listening).length;
    return { ends: this.ends, servers, sockets: this.sockets.size };
  }

  realPort(port?: number): number {
    const server = port === undefined ? [...this.servers.values()].at(-1) : this.servers.get(port);
    const address = server?.address();
    if (typeof address !== 'object' || !address) throw new Error('The program listens on no such port.');
    return address.port;
  }

  attribute(call: Call, work: () => void): void {
    const record = { ...call, bytes: '' };
    this.calls.push(record);
    this.#current = record;
    try {
      work();
    } finally {
      this.#current = undefined;
    }
  }
  event(event: SandboxEvent): void {
    this.events.push(event);
  }
  restarting(): void {
    this.restarts += 1;
    this.onRestart();
  }
  restarted(): void {
    this.onRestarted();
  }
  ended(end: SandboxEnd): void {
    this.ends += 1;
    this.#ended(end);
  }

  /** Console lines as a learner reads them. */
  lines(): string[] {
    return this.events.flatMap((event) =>
      event.type === 'console' ? [event.values.map(plainText).join(' ')] : [],
    );
  }
}

/** What Node has no line for: a lab's own warning of a response that nobody can end. */
export const isLabsOwn = (line: string): boolean => line.includes('let go of res without res.end()');

export interface Run {
  host: TestHost;
  sandbox: Sandbox;
}

/** Starts `server.js` (or several files); rejects as the pool does. */
export async function startProgram(
  pool: SandboxPool,
  files: string | Record<string, string>,
  host = new TestHost(),
): Promise<Run> {
  const given = typeof files === 'string' ? { 'server.js': files } : files;
  const sandbox = await pool.start({ files: given, env: { PAGE_ORIGIN: 'http://page.test' } }, host);
  return { host, sandbox };
}

/** Starts a program and waits until it ends by itself. */
export async function runToEnd(
  pool: SandboxPool,
  files: string | Record<string, string>,
): Promise<{ host: TestHost; end: SandboxEnd }> {
  const host = new TestHost();
  await startProgram(pool, files, host).catch(() => undefined);
  return { host, end: await host.end };
}

/** Sends raw bytes in the given pieces and collects all that comes until the server closes. */
export function exchange(port: number, ...pieces: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.setNoDelay();
    for (const piece of pieces)
      socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
  });
}

/** A frozen value as text: objects as `Name{key:value}`. */
function plainText(value: ConsoleValue): string {
  if (!('entries' in value)) return value.text;
  return `${value.text}{${value.entries.map(([key, member]) => `${key}:${plainText(member)}`).join(',')}}`;
}
