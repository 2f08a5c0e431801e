/**
 * The main thread's half of `http`: real node:http servers that never listen, fed with the lab's
 * connections. They parse and frame; the guest decides.
 *
 * In: calls of the guest, connections. Out: messages to the guest, bytes on sockets.
 * Owns every server, listener, socket record and exchange; `dispose` ends them all.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SandboxListener } from '../contract.ts';
import type { FromGuest, RequestMessage } from '../protocol.ts';
import { ClientHost, type Dialler, refused } from './client.ts';
import { addressesOf, Connection } from './connection.ts';
import { Exchange } from './exchange.ts';
import type { GuestLink } from './link.ts';
import { requestText, wordsFor } from './messages.ts';
import { refuse } from './refusal.ts';
import { PairEnd } from './pair.ts';

type Call<Op extends FromGuest['op']> = Extract<FromGuest, { op: Op }>;

/** What node:http's parser says of bytes it cannot read (`clientError`). */
interface ParseError extends NodeJS.ErrnoException {
  bytesParsed?: number;
  rawPacket?: Buffer;
}

interface VirtualServer {
  id: number;
  /** A `net` server: connections are handed over, not parsed. */
  raw: boolean;
  /** Made when it first matters: a `net` server has none. */
  server: Server;
  listener: (SandboxListener & { port: number }) | undefined;
  wants: Set<string>;
  closing: boolean;
  maxConnections: number;
}

const OPTIONS = new Set([
  'timeout',
  'keepAliveTimeout',
  'headersTimeout',
  'requestTimeout',
  'maxHeadersCount',
  'maxRequestsPerSocket',
  'connectionsCheckingInterval',
]);
/** More often than this no server looks for slow clients. */
const SHORTEST_CHECKING_MS = 10;

export class HttpHost implements Dialler {
  readonly clients: ClientHost;
  readonly #link: GuestLink;
  readonly #servers = new Map<number, VirtualServer>();
  readonly #connections = new Map<number, Connection>();
  readonly #bySocket = new WeakMap<object, Connection>();
  readonly #exchanges = new Map<number, Exchange>();
  #ids = 0;
  #disposed = false;

  constructor(link: GuestLink) {
    this.#link = link;
    this.clients = new ClientHost(link, this);
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
    owner.raw = call.raw === true;
    host
      .listen(call.port, (socket) => this.#accept(owner, socket), owner.raw ? { immediate: true } : undefined)
      .then(
        (listener) => {
          if (this.#disposed || owner.closing) return listener.close();
          owner.listener = listener;
          // From here on node:http looks for clients that are too slow, as if it listened itself.
          if (!owner.raw) owner.server.emit('listening');
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
    // Never listening, it says it is not running; what it ends is its look-out for slow clients.
    if (!owner.raw) owner.server.close(() => undefined);
    this.closeConnections({ op: 'closeConnections', server: call.server, idleOnly: true });
    this.#tellIfClosed(owner);
  }

  closeConnections({ server, idleOnly }: Call<'closeConnections'>): void {
    for (const connection of this.#connections.values()) {
      if (connection.server === server && !connection.raw && (!idleOnly || connection.active === 0))
        connection.socket.destroy();
    }
  }

  setOption({ server, name, value }: Call<'serverOption'>): void {
    const owner = this.#server(server);
    if (name === 'maxConnections') owner.maxConnections = typeof value === 'number' ? value : Infinity;
    else if (name === 'connectionsCheckingInterval')
      Object.assign(owner.server, { [name]: Math.max(SHORTEST_CHECKING_MS, Number(value)) });
    else if (OPTIONS.has(name)) Object.assign(owner.server, { [name]: value });
  }

  countConnections({ server, ack }: Call<'countConnections'>): void {
    const count = [...this.#connections.values()].filter((connection) => connection.server === server).length;
    this.#link.tell({ to: 'counted', ack, count });
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
    if (event === 'upgrade' || event === 'connect') {
      owner.server.on(event, (req, socket, head) => this.#upgrade(owner, event, req, socket, head));
    }
    if (event === 'timeout') {
      owner.server.on(event, (socket) => {
        const id = this.#bySocket.get(socket)?.id;
        if (id !== undefined) this.#link.tell({ to: 'timeout', server: owner.id, socket: id });
      });
    }
  }

  /** The guest has no listener for `clientError`. */
  refuseRequest({ socket, code }: Call<'refuseRequest'>): void {
    const connection = this.#connections.get(socket);
    if (!connection || connection.raw) return;
    refuse(connection.socket, code, connection.refused?.headersSent === true);
  }

  connection(id: number): Connection | undefined {
    return this.#connections.get(id);
  }
  connectionOf(socket: object): Connection | undefined {
    return this.#bySocket.get(socket);
  }

  /** Of a connection that has closed already the guest is told at once. */
  watchSocket({ socket }: { socket: number }): void {
    const connection = this.#connections.get(socket);
    if (connection) connection.watched = true;
    else this.#link.tell({ to: 'socketClosed', socket, hadError: false });
  }
  socketDestroy(call: Call<'socketDestroy'>): void {
    const connection = this.#connections.get(call.socket);
    if (connection) connection.destroy(call);
    else this.watchSocket(call);
  }

  /** Opens a connection to one of the guest's own ports, in the name of `net.connect`. */
  connect({ socket: id, port, host }: Call<'connect'>): void {
    if (!(id < 0) || this.#connections.has(id)) throw new TypeError('The guest named a socket twice.');
    const connection = this.dial(host, port, id);
    if (connection) {
      connection.takeOver();
      this.#link.tell({ to: 'connected', socket: id, addresses: addressesOf(connection.socket) });
      return;
    }
    const { code = '', syscall = '', message } = refused(host, port);
    this.#link.tell({ to: 'socketClosed', socket: id, hadError: true, error: { code, syscall, message } });
  }

  dial(host: string, port: number, id = this.#nextId()): Connection | undefined {
    const owner = [...this.#servers.values()].find(({ listener }) => listener?.port === port);
    if (!owner || this.#connections.size + 2 > this.#link.limits.connections) return undefined;
    const [near, far] = PairEnd.make(/::1/.test(host) ? '::1' : '127.0.0.1', port);
    if (!this.#link.host.admit(near)) return undefined;
    const connection = this.#add(id, near, undefined);
    setImmediate(() => this.#accept(owner, far));
    return connection;
  }

  /** An upgrade's listener is about to be called: the wire is told. */
  upgrading({ at, socket, kind, method, target, head, position }: Call<'upgrading'>): void {
    const connection = this.#connections.get(socket);
    if (!connection) return;
    this.#link.host.event({ type: 'request', at, socket: connection.socket, method, target, position });
    connection.handedHead(at, head, { name: kind, position });
  }

  dispose(): void {
    this.#disposed = true;
    this.clients.dispose();
    for (const { listener, server } of this.#servers.values()) {
      listener?.close();
      server.close(() => undefined);
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
    const owner: VirtualServer = {
      id,
      raw: false,
      server,
      listener: undefined,
      wants: new Set(),
      closing: false,
      maxConnections: Infinity,
    };
    server.on('request', (req, res) => this.#request(owner, req, res, 'none'));
    server.on('clientError', (error, socket) => this.#badRequest(owner, error, socket));
    this.#servers.set(id, owner);
    return owner;
  }

  #nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  #add(id: number, socket: Duplex, server: number | undefined): Connection {
    const connection = new Connection(id, socket, server, this.#link);
    this.#connections.set(id, connection);
    this.#bySocket.set(socket, connection);
    socket.once('close', () => this.#disconnect(connection));
    return connection;
  }

  #accept(owner: VirtualServer, socket: Duplex): void {
    const { limits } = this.#link;
    const count = (): number =>
      [...this.#connections.values()].filter(({ server }) => server === owner.id).length;
    if (this.#disposed) return void socket.destroy();
    if (this.#connections.size >= limits.connections) {
      socket.destroy();
      return this.#link.host.tooMany(
        `A lab may have ${limits.connections} open connections; one more was closed.`,
      );
    }
    const addresses = addressesOf(socket);
    if (owner.maxConnections !== Infinity && count() >= owner.maxConnections) {
      socket.destroy();
      return this.#link.tell({ to: 'dropped', server: owner.id, addresses });
    }
    const connection = this.#add(this.#nextId(), socket, owner.id);
    if (owner.raw) connection.takeOver();
    if (owner.raw || owner.wants.has('connection')) {
      connection.watched = true;
      this.#link.tell({ to: 'connection', server: owner.id, socket: connection.id, addresses });
    }
    if (!owner.raw) owner.server.emit('connection', socket);
  }

  #disconnect(connection: Connection): void {
    if (!this.#connections.delete(connection.id)) return;
    connection.closed();
    const owner = connection.server === undefined ? undefined : this.#servers.get(connection.server);
    if (owner) this.#tellIfClosed(owner);
    this.#link.maybeIdle();
  }

  #tellIfClosed(owner: VirtualServer): void {
    if (
      !owner.closing ||
      [...this.#connections.values()].some((connection) => connection.server === owner.id)
    )
      return;
    owner.closing = false;
    this.#link.tell({ to: 'serverClosed', server: owner.id });
  }

  #request(
    owner: VirtualServer,
    req: IncomingMessage,
    res: ServerResponse,
    expect: RequestMessage['expect'],
  ): void {
    const socket: Duplex = req.socket;
    const connection = this.#bySocket.get(socket);
    if (!connection) return void socket.destroy();
    const id = this.#nextId();
    connection.active += 1;
    const closed = (): void => {
      connection.active -= 1;
      if (owner.closing && connection.active === 0 && !connection.raw) socket.destroy();
    };
    const over = (): void => void this.#exchanges.delete(id);
    const exchange = new Exchange(id, req, res, socket, this.#link, closed, over);
    this.#exchanges.set(id, exchange);
    this.#link.tell(requestText(owner.id, connection, id, req, exchange.hasBody, expect));
  }

  /**
   * Bytes that are no request. Node would refuse them at once; here requests that came before them may wait for the
   * guest, which answers those first and then says what happens (`refuseRequest`).
   */
  #badRequest(owner: VirtualServer, error: ParseError, socket: Duplex): void {
    const connection = this.#bySocket.get(socket);
    if (!connection) return void socket.destroy();
    if (connection.refused) return;
    const first = [...this.#exchanges.values()].find((exchange) => exchange.socket === socket);
    connection.refused = first ?? { headersSent: false };
    const { code = 'HPE_INTERNAL', message, bytesParsed, rawPacket } = error;
    if (connection.active === 0 && !owner.wants.has('clientError')) return refuse(socket, code, false);
    this.#link.tell(
      {
        to: 'clientError',
        server: owner.id,
        socket: connection.id,
        addresses: addressesOf(socket),
        code,
        message,
        bytesParsed,
      },
      rawPacket && new Uint8Array(rawPacket),
    );
  }

  /** The guest gets the connection as it is, with what came after the head. */
  #upgrade(
    owner: VirtualServer,
    kind: 'upgrade' | 'connect',
    req: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): void {
    const connection = this.#bySocket.get(socket);
    if (!connection) return void socket.destroy();
    connection.takeOver();
    const request = requestText(owner.id, connection, this.#nextId(), req, false, 'none');
    this.#link.tell({ to: 'upgrade', kind, request }, new Uint8Array(head));
  }
}
