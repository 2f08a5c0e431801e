/**
 * The main thread's half of `http`: real node:http servers that never listen, fed with the lab's
 * connections. They parse and frame; the guest decides.
 *
 * In: calls of the guest, connections. Out: messages to the guest, bytes on sockets.
 * Owns every server, listener, socket record and exchange; `dispose` ends them all.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SandboxListener } from '../contract.ts';
import type { Addresses, FromGuest } from '../protocol.ts';
import { Exchange } from './exchange.ts';
import type { GuestLink } from './link.ts';

type Call<Op extends FromGuest['op']> = Extract<FromGuest, { op: Op }>;

interface VirtualServer {
  id: number;
  server: Server;
  listener: SandboxListener | undefined;
  wants: Set<string>;
  closing: boolean;
}

interface Connection {
  id: number;
  socket: Duplex;
  owner: VirtualServer;
  /** Exchanges under way: 0 means idle. */
  active: number;
  watched: boolean;
}

const OPTIONS = new Set([
  'timeout',
  'keepAliveTimeout',
  'headersTimeout',
  'requestTimeout',
  'maxHeadersCount',
  'maxRequestsPerSocket',
]);

export class HttpHost {
  readonly #link: GuestLink;
  readonly #servers = new Map<number, VirtualServer>();
  readonly #connections = new Map<number, Connection>();
  readonly #bySocket = new WeakMap<object, Connection>();
  readonly #exchanges = new Map<number, Exchange>();
  #ids = 0;
  #disposed = false;

  constructor(link: GuestLink) {
    this.#link = link;
  }

  get openConnections(): number {
    return this.#connections.size;
  }

  exchange(request: number): Exchange | undefined {
    return this.#exchanges.get(request);
  }

  listen(call: Call<'listen'>): void {
    const { host, limits } = this.#link;
    const owner = this.#server(call.server);
    if ([...this.#servers.values()].filter(({ listener }) => listener).length >= limits.ports) {
      return this.#link.limit('open ports', limits.ports);
    }
    owner.closing = false;
    host
      .listen(call.port, (socket) => this.#connect(owner, socket))
      .then(
        (listener) => {
          if (this.#disposed || owner.closing) return listener.close();
          owner.listener = listener;
          this.#link.tell({ to: 'listening', server: owner.id, port: listener.port });
        },
        (error: NodeJS.ErrnoException) => {
          const code = error.code ?? 'EADDRNOTAVAIL';
          this.#link.tell({
            to: 'listenFailed',
            server: owner.id,
            port: call.port,
            code,
            message: wordsFor(code),
          });
        },
      );
  }

  stopListening(call: Call<'stopListening'>): void {
    const owner = this.#servers.get(call.server);
    if (!owner) return;
    owner.closing = true;
    owner.listener?.close();
    owner.listener = undefined;
    this.closeConnections({ op: 'closeConnections', server: call.server, idleOnly: true });
    this.#tellIfClosed(owner);
  }

  closeConnections({ server, idleOnly }: Call<'closeConnections'>): void {
    for (const connection of this.#connections.values()) {
      if (connection.owner.id === server && (!idleOnly || connection.active === 0))
        connection.socket.destroy();
    }
  }

  setOption({ server, name, value }: Call<'serverOption'>): void {
    if (OPTIONS.has(name)) Object.assign(this.#server(server).server, { [name]: value });
  }

  /** The guest has a listener for an event that node:http handles by itself otherwise. */
  want({ server, event }: Call<'wants'>): void {
    const owner = this.#server(server);
    if (owner.wants.has(event)) return;
    owner.wants.add(event);
    if (event === 'checkContinue')
      owner.server.on(event, (req, res) => this.#request(owner, req, res, 'continue'));
    if (event === 'checkExpectation')
      owner.server.on(event, (req, res) => this.#request(owner, req, res, 'other'));
    if (event === 'clientError') {
      owner.server.on(event, (error: NodeJS.ErrnoException, socket) => {
        const connection = this.#bySocket.get(socket);
        if (!connection) return socket.destroy();
        const { id } = connection;
        this.#link.tell({
          to: 'clientError',
          server: owner.id,
          socket: id,
          addresses: addressesOf(socket),
          code: error.code ?? 'HPE_INTERNAL',
          message: error.message,
        });
      });
    }
  }

  socketWrite(call: Call<'socketWrite'>, chunk: Buffer | undefined): void {
    const connection = this.#connections.get(call.socket);
    if (!connection) return;
    const written = (): void => {
      if (call.ack !== undefined)
        this.#link.tell({ to: 'socketWritten', socket: call.socket, ack: call.ack });
    };
    this.#link.host.attribute(call.call, () => {
      if (call.end) connection.socket.end(chunk, written);
      else connection.socket.write(chunk ?? '', written);
    });
  }

  socketDestroy(call: Call<'socketDestroy'>): void {
    const connection = this.#connections.get(call.socket);
    if (connection) this.#link.host.attribute(call.call, () => connection.socket.destroy());
  }

  watchSocket({ socket }: Call<'watchSocket'>): void {
    const connection = this.#connections.get(socket);
    if (connection) connection.watched = true;
    else this.#link.tell({ to: 'socketClosed', socket, hadError: false });
  }

  socketOption({ socket, name, value }: Call<'socketOption'>): void {
    const target = this.#connections.get(socket)?.socket as Partial<Socket> | undefined;
    if (name === 'timeout')
      target?.setTimeout?.(Number(value), () => this.#link.tell({ to: 'timeout', socket }));
    if (name === 'noDelay') target?.setNoDelay?.(Boolean(value));
    if (name === 'keepAlive') target?.setKeepAlive?.(Boolean(value));
  }

  dispose(): void {
    this.#disposed = true;
    for (const { listener, server } of this.#servers.values()) {
      listener?.close();
      server.removeAllListeners();
      // Bad bytes on a connection that is being destroyed concern nobody.
      server.on('clientError', (_error, socket) => socket.destroy());
    }
    for (const { socket } of this.#connections.values()) socket.destroy();
    this.#servers.clear();
    this.#connections.clear();
    this.#exchanges.clear();
  }

  #server(id: number): VirtualServer {
    const known = this.#servers.get(id);
    if (known) return known;
    if (this.#servers.size >= 1_000) throw new Error('The program made more than 1,000 servers.');
    const server = createServer();
    const owner: VirtualServer = { id, server, listener: undefined, wants: new Set(), closing: false };
    server.on('request', (req, res) => this.#request(owner, req, res));
    this.#servers.set(id, owner);
    return owner;
  }

  #connect(owner: VirtualServer, socket: Duplex): void {
    const { limits } = this.#link;
    if (this.#disposed || this.#connections.size >= limits.connections) {
      socket.destroy();
      return;
    }
    this.#ids += 1;
    const connection: Connection = { id: this.#ids, socket, owner, active: 0, watched: false };
    this.#connections.set(connection.id, connection);
    this.#bySocket.set(socket, connection);
    socket.once('close', () => this.#disconnect(connection));
    if (owner.wants.has('connection')) {
      connection.watched = true;
      this.#link.tell({
        to: 'connection',
        server: owner.id,
        socket: connection.id,
        addresses: addressesOf(socket),
      });
    }
    owner.server.emit('connection', socket);
  }

  #disconnect(connection: Connection): void {
    if (!this.#connections.delete(connection.id)) return;
    if (connection.watched) {
      this.#link.tell({
        to: 'socketClosed',
        socket: connection.id,
        hadError: connection.socket.errored !== null,
      });
    }
    this.#tellIfClosed(connection.owner);
    this.#link.maybeIdle();
  }

  #tellIfClosed(owner: VirtualServer): void {
    if (!owner.closing || [...this.#connections.values()].some((connection) => connection.owner === owner))
      return;
    owner.closing = false;
    this.#link.tell({ to: 'serverClosed', server: owner.id });
  }

  #request(
    owner: VirtualServer,
    req: IncomingMessage,
    res: ServerResponse,
    expect?: 'continue' | 'other',
  ): void {
    const socket: Duplex = req.socket;
    const connection = this.#bySocket.get(socket);
    if (!connection) return void socket.destroy();
    this.#ids += 1;
    const id = this.#ids;
    connection.active += 1;
    const exchange = new Exchange(id, req, res, socket, this.#link, () => {
      this.#exchanges.delete(id);
      connection.active -= 1;
      if (owner.closing && connection.active === 0) socket.destroy();
    });
    this.#exchanges.set(id, exchange);
    const {
      remoteAddress = '',
      remotePort = '',
      remoteFamily = '',
      localAddress = '',
      localPort = '',
    } = addressesOf(socket);
    this.#link.tell([
      'request',
      owner.id,
      connection.id,
      id,
      req.method ?? '',
      req.url ?? '',
      req.httpVersion,
      req.rawHeaders,
      exchange.hasBody ? 1 : 0,
      expect ?? 0,
      `${remoteAddress} ${remotePort} ${remoteFamily} ${localAddress} ${localPort}`,
    ]);
  }
}

function addressesOf(socket: Duplex): Addresses {
  const { remoteAddress, remotePort, remoteFamily, localAddress, localPort } = socket as Partial<Socket>;
  return { remoteAddress, remotePort, remoteFamily, localAddress, localPort };
}

/** libuv's words for the codes that opening a port can end with. */
function wordsFor(code: string): string {
  const words: Record<string, string> = {
    EADDRINUSE: 'address already in use',
    EACCES: 'permission denied',
    EADDRNOTAVAIL: 'address not available',
  };
  return words[code] ?? 'cannot be opened';
}
