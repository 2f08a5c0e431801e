/**
 * Configuration from environment variables.
 */
import type { SocketsOptions } from './sockets/index.ts';

export interface Settings {
  /** Port of the app; 0 takes a free one. */
  port: number;
  /** Address to listen on; `localhost` means both loopback families. */
  host: string;
  labPorts: { from: number; to: number };
  labDomain: SocketsOptions['domain'];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads PORT, HOST, LAB_PORTS, LAB_DOMAIN. @returns one plain line when one of them is wrong. */
export function readSettings(env: Environment): Settings | string {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    return `PORT must be a number from 0 to 65535, not "${env.PORT}".`;

  const range = /^(\d+)-(\d+)$/.exec(env.LAB_PORTS ?? '20000-20999');
  const labPorts = { from: Number(range?.[1]), to: Number(range?.[2]) };
  if (range === null || labPorts.from < 1024 || labPorts.to > 65535 || labPorts.to < labPorts.from) {
    return `LAB_PORTS must be a range such as 20000-20999 within 1024-65535, not "${env.LAB_PORTS}".`;
  }

  const labDomain = readDomain(env.LAB_DOMAIN, port);
  if (typeof labDomain === 'string') return labDomain;
  return { port, host: env.HOST || 'localhost', labPorts, labDomain };
}

/** `labs.example.org`, or with the public scheme and port of a proxy: `https://labs.example.org`. */
function readDomain(value: string | undefined, port: number): SocketsOptions['domain'] | string {
  if (!value) return undefined;
  const match = /^(?:(https?):\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)(:\d+)?$/i.exec(value);
  if (match === null) return `LAB_DOMAIN must be a host name such as labs.example.org, not "${value}".`;
  const scheme = match[1] === 'https' ? 'https' : 'http';
  // A scheme says that a proxy stands in front, on that scheme's own port.
  const portSuffix = match[3] ?? (match[1] === undefined ? `:${port}` : '');
  return { name: match[2]!.toLowerCase(), scheme, portSuffix };
}
