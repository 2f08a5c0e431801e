/**
 * For tests: one program in real Node and in a lab, both met by the same raw client.
 *
 * `PORT` in the code is a port of its own in each; it reads `PORT` again in what comes back.
 */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createRequire } from 'node:module';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { SandboxPool } from './contract.ts';
import { isLabsOwn, startProgram } from './test-support.ts';

const LAB_PORT = 8088;
/** A line that never comes shows as a difference, not as a test that hangs. */
const LONGEST_MS = 4_000;

/** What the client does: sends bytes (latin1), waits for a text, half-closes, or goes away. */
export type Step = string | { until: string } | 'FIN' | 'RST';

export interface Outcome {
  bytes: string;
  lines: string[];
}

/** `steps` undefined: nobody connects from outside. `last`: the line after which the program has nothing to say. */
export async function inLab(
  pool: SandboxPool,
  code: string,
  steps?: Step[],
  last?: string,
): Promise<Outcome> {
  const { host, sandbox } = await startProgram(pool, code.replaceAll('PORT', String(LAB_PORT)));
  const bytes = steps ? await talk(host.realPort(LAB_PORT), steps) : '';
  const lines = (): string[] => host.lines().filter((line) => !isLabsOwn(line));
  await settled(lines, last);
  sandbox.dispose();
  await host.end;
  return masked(bytes, lines(), LAB_PORT);
}

export async function inNode(code: string, steps?: Step[], last?: string): Promise<Outcome> {
  const port = await freePort();
  const lines: string[] = [];
  const print = (...args: unknown[]): void => void lines.push(args.map(String).join(' '));
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const keep = <T extends Server>(server: T): T => {
    servers.push(server);
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    return server;
  };
  const require = createRequire(import.meta.url);
  const patched: Record<string, unknown> = {
    net: { ...(require('net') as object), createServer: (...args: never[]) => keep(createServer(...args)) },
    http: {
      ...(require('http') as object),
      createServer: (...args: never[]) => keep(createHttpServer(...args) as HttpServer),
    },
  };
  const fakeRequire = (id: string): unknown => patched[id] ?? require(id);
  const body = code.replaceAll('PORT', String(port));
  new Function('require', 'console', body)(fakeRequire, { log: print, error: print });
  await Promise.all(
    servers.map((server) => server.listening || new Promise((resolve) => server.once('listening', resolve))),
  );
  const bytes = steps ? await talk(port, steps) : '';
  await settled(() => lines, last);
  const closed = servers
    .filter(({ listening }) => listening)
    .map((server) => new Promise((resolve) => server.close(resolve)));
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
  return masked(bytes, lines, port);
}

/** A raw client; resolves with all it got when the connection has closed. */
export function talk(port: number, steps: Step[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const left = [...steps];
    let got = '';
    const go = (): void => {
      for (;;) {
        const step = left[0];
        if (step === undefined) return;
        if (typeof step === 'object') {
          if (!got.includes(step.until)) return;
        } else if (step === 'FIN') socket.end();
        else if (step === 'RST') socket.resetAndDestroy();
        else socket.write(Buffer.from(step, 'latin1'));
        left.shift();
      }
    };
    socket.on('connect', go);
    socket.on('data', (chunk: Buffer) => {
      got += chunk.toString('latin1');
      go();
    });
    socket.on('end', () => socket.end());
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(got));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits for the last line, then until no line has been added for some turns of the event loop. */
async function settled(lines: () => string[], last?: string): Promise<void> {
  const giveUp = performance.now() + LONGEST_MS;
  for (let quiet = 0, count = -1; quiet < 8 && performance.now() < giveUp;) {
    const now = lines();
    quiet = now.length === count && (last === undefined || now.includes(last)) ? quiet + 1 : 0;
    count = now.length;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function masked(bytes: string, lines: string[], port: number): Outcome {
  const mask = (text: string): string =>
    text.replace(/Date: [^\r]+/g, 'Date: then').replaceAll(String(port), 'PORT');
  return { bytes: mask(bytes), lines: lines.map(mask) };
}
