/**
 * Real TCP ports for virtual ones.
 */
import { createServer, type Server, type Socket } from 'node:net';

/** Ports that browsers refuse to fetch from (Fetch standard, "port blocking"), above 1023 only. */
const BLOCKED_BY_BROWSERS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080,
]);

export interface PortRange {
  from: number;
  to: number;
}

/** Whether a browser would reach this port and the lab may have it. */
function usable(port: number): boolean {
  return port > 1023 && port < 65536 && !BLOCKED_BY_BROWSERS.has(port);
}

/**
 * Opens one real port on all `addresses`: `wanted` when it is usable and free, else the first free one of
 * the range (`wanted` 0: of the range at once).
 * @throws Node's listen error (`EADDRINUSE`) when the range is full.
 */
export async function openPort(
  addresses: readonly string[],
  wanted: number,
  range: PortRange,
  taken: ReadonlySet<number>,
  onConnection: (socket: Socket) => void,
): Promise<{ port: number; close(): void }> {
  if (wanted !== 0 && usable(wanted) && !taken.has(wanted)) {
    const servers = await tryOpen(addresses, wanted, onConnection);
    if (servers !== undefined) return opened(wanted, servers);
  }
  const size = range.to - range.from + 1;
  const start = Math.floor(Math.random() * size);
  for (let step = 0; step < size; step++) {
    const port = range.from + ((start + step) % size);
    if (!usable(port) || taken.has(port)) continue;
    const servers = await tryOpen(addresses, port, onConnection);
    if (servers !== undefined) return opened(port, servers);
  }
  throw Object.assign(new Error(`listen EADDRINUSE: no port of ${range.from}-${range.to} is free`), {
    code: 'EADDRINUSE',
    syscall: 'listen',
  });
}

function opened(port: number, servers: Server[]): { port: number; close(): void } {
  return { port, close: () => servers.forEach((server) => server.close()) };
}

/** All addresses or none; an address family the machine lacks does not count. */
async function tryOpen(
  addresses: readonly string[],
  port: number,
  onConnection: (socket: Socket) => void,
): Promise<Server[] | undefined> {
  const servers: Server[] = [];
  for (const host of addresses) {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
    const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen({ port, host, exclusive: true }, () => resolve(undefined));
    });
    if (error === undefined) servers.push(server);
    else if (error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT') {
      servers.forEach((open) => open.close());
      return undefined;
    }
  }
  return servers.length > 0 ? servers : undefined;
}
