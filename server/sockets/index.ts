/**
 * Real listeners and connections of all labs.
 *
 * In: "open virtual port 8080 for this lab". Out: an origin, and sockets of the kernel, each either the
 * learner's traffic or a request for the platform's own files under `/.lab/`.
 * Knows nothing of sandboxes, taps, or what the bytes mean beyond their first line.
 */
import type { Socket } from 'node:net';
import { connectPair, connectTo } from './own-connection.ts';
import { beginsWith, hostOf, peek, type Peeked } from './peek.ts';
import { openPort, type PortRange } from './ports.ts';

export type { Peeked } from './peek.ts';
export { closeAnsweredUpgrades } from './upgrades.ts';

/** Paths of the lab's origin that the platform answers itself. */
export const PLATFORM_PATH = '/.lab/';
const PLATFORM_REQUEST = Buffer.from(`GET ${PLATFORM_PATH}`, 'latin1');

export interface PortHandlers {
  /** A connection whose first request is not for the platform, with what was read of it. */
  onLearner(socket: Socket, peeked: Peeked): void;
  /** A connection whose first request is for the platform. */
  onPlatform(socket: Socket): void;
  /** Whether the server may speak first: then a client that says nothing is the learner's too. */
  immediate?(): boolean;
}

/**
 * How long a client of such a server may say nothing before it is handed over. A browser that loads the
 * platform's files sends its request with the connection, so it is known by then.
 */
const SILENCE_MS = 1_000;

export interface OpenPort {
  /** The port as the server code knows it: what it asked for, or the real one when it asked for 0. */
  virtual: number;
  /** Origin for a browser that reached the app under `hostname`. */
  origin(hostname: string): string;
  /** A TCP connection of our own to this port, as any client's. Whoever asks closes it. Rejects with Node's connect error. */
  connect(): Promise<Socket>;
  close(): void;
}

export interface SocketsOptions {
  /** Addresses to listen on. */
  addresses: readonly string[];
  range: PortRange;
  /** Whether a lab may have the very port it asks for (only sensible on loopback). */
  exactPorts: boolean;
  /** Real ports no lab may ever take: the app's own. */
  reserved: ReadonlySet<number>;
  /**
   * Hosting behind one port: every virtual port is the host `<lab>-<port>.<name>` on the app's own
   * port, reached as `<scheme>://…<port suffix>`.
   */
  domain?: { name: string; scheme: 'http' | 'https'; portSuffix: string };
}

export interface Sockets {
  open(lab: string, wanted: number, handlers: PortHandlers): Promise<OpenPort>;
  /** With a lab domain: looks whose Host a connection of the app's port names, a lab's or (`toApp`) another. */
  route(socket: Socket, toApp: (socket: Socket) => void): void;
}

export function createSockets(options: SocketsOptions): Sockets {
  const byHost = new Map<string, (socket: Socket, peeked: Peeked) => void>();
  const { domain } = options;

  return {
    async open(lab, wanted, handlers) {
      if (domain !== undefined) return openName(lab, wanted, handlers, domain);
      const real = await openPort(
        options.addresses,
        options.exactPorts ? wanted : 0,
        options.range,
        options.reserved,
        (socket) => {
          const silence = handlers.immediate?.() ? { afterMs: SILENCE_MS, answer: false } : undefined;
          peek(socket, isPlatform, (platform, peeked) => hand(socket, platform, peeked, handlers), silence);
        },
      );
      return {
        virtual: wanted === 0 ? real.port : wanted,
        origin: (hostname) => `http://${hostname}:${real.port}`,
        connect: () => connectTo(options.addresses[0]!, real.port),
        close: real.close,
      };
    },
    route(socket, toApp) {
      peek(socket, hostOf, (host, peeked) => {
        const lab = byHost.get(host);
        if (lab !== undefined) return lab(socket, peeked);
        giveBack(socket, peeked, toApp);
      });
    },
  };

  function openName(
    lab: string,
    wanted: number,
    handlers: PortHandlers,
    { name, scheme, portSuffix }: NonNullable<SocketsOptions['domain']>,
  ): OpenPort {
    let virtual = wanted;
    const hostFor = (port: number): string => `${lab}-${port}.${name}`;
    if (wanted === 0) for (virtual = options.range.from; byHost.has(hostFor(virtual));) virtual++;
    const host = hostFor(virtual);
    if (byHost.has(host)) {
      throw Object.assign(new Error(`listen EADDRINUSE: address already in use :::${virtual}`), {
        code: 'EADDRINUSE',
        syscall: 'listen',
      });
    }
    byHost.set(host, (socket, peeked) => hand(socket, isPlatform(peeked.bytes) === true, peeked, handlers));
    // Not by way of the app's port: what is sent by hand may name any host, and would reach another's lab.
    const connect = (): Promise<Socket> =>
      connectPair((socket) =>
        peek(socket, isPlatform, (platform, peeked) => hand(socket, platform, peeked, handlers)),
      );
    return {
      virtual,
      origin: () => `${scheme}://${host}${portSuffix}`,
      connect,
      close: () => byHost.delete(host),
    };
  }
}

function isPlatform(bytes: Buffer): boolean | undefined {
  return beginsWith(bytes, PLATFORM_REQUEST);
}

function hand(socket: Socket, platform: boolean, peeked: Peeked, handlers: PortHandlers): void {
  if (!platform) return handlers.onLearner(socket, peeked);
  giveBack(socket, peeked, handlers.onPlatform);
}

/**
 * A browser that keeps a connection open may ask for the platform's files on one that has been the learner's.
 * @returns whether `bytes` are such a request: then `owner` has the socket, with them put back.
 */
export function giveToPlatform(socket: Socket, bytes: Buffer, owner: (socket: Socket) => void): boolean {
  if (isPlatform(bytes) !== true) return false;
  // Not within the event that brought them: others may still listen to it.
  queueMicrotask(() => giveBack(socket, { bytes }, owner));
  return true;
}

/**
 * Hands on a socket with what was read of it put back. node:http reads straight from the handle and looks
 * at the stream's own buffer only when the stream flows, hence pause before and resume after.
 */
function giveBack(socket: Socket, peeked: Pick<Peeked, 'bytes'>, owner: (socket: Socket) => void): void {
  socket.pause();
  socket.unshift(peeked.bytes);
  owner(socket);
  socket.resume();
}
