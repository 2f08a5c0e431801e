/**
 * Requests a guest sends to ports of its own: node:http's client on a connection in memory.
 *
 * In: the guest's calls. Out: messages about the answer. Opens nothing: `dial` does.
 */
import { Agent, type ClientRequest, type ClientRequestArgs, type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FromGuest, ResponseMessage } from '../protocol.ts';
import { addressesOf, type Connection } from './connection.ts';
import type { GuestLink } from './link.ts';

type Call<Op extends FromGuest['op']> = Extract<FromGuest, { op: Op }>;

export interface Dialler {
  /** A connection to one of the guest's own ports; undefined when nobody listens there. */
  dial(host: string, port: number): Connection | undefined;
  connectionOf(socket: object): Connection | undefined;
}

/** Its connections are in memory and end at the guest's own servers. */
class OwnPortsAgent extends Agent {
  readonly #dialler: Dialler;
  constructor(dialler: Dialler, keepAlive: boolean) {
    super({ keepAlive });
    this.#dialler = dialler;
  }
  /** Called by node:http for each connection it needs (documented as `agent.createConnection`). */
  override createConnection(
    { host, port }: ClientRequestArgs,
    done?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const connection = this.#dialler.dial(String(host), Number(port));
    setImmediate(() => {
      if (connection) done?.(null, connection.socket);
      else done?.(refused(String(host), Number(port)), undefined as never);
    });
  }
}

interface Entry {
  req: ClientRequest;
  res: IncomingMessage | undefined;
  reading: boolean;
  underWay: number;
}

export class ClientHost {
  readonly #link: GuestLink;
  readonly #dialler: Dialler;
  readonly #entries = new Map<number, Entry>();
  /** Keeps connections between requests, as node's global agent. */
  readonly #keeping: OwnPortsAgent;
  readonly #closing: OwnPortsAgent;

  constructor(link: GuestLink, dialler: Dialler) {
    this.#link = link;
    this.#dialler = dialler;
    this.#keeping = new OwnPortsAgent(dialler, true);
    this.#closing = new OwnPortsAgent(dialler, false);
  }

  request(call: Call<'clientRequest'>): void {
    const { client, host, port, method, path } = call;
    if (this.#entries.has(client)) throw new TypeError('The guest named a request twice.');
    const req = request({
      method,
      path,
      host,
      port,
      setHost: false,
      headers: Object.fromEntries(call.headers),
      // Never node's own agents: they would reach the real network.
      agent: call.keepAlive ? this.#keeping : this.#closing,
    });
    this.#entries.set(client, { req, res: undefined, reading: false, underWay: 0 });
    this.#listen(client, req, new Set(call.wants));
  }

  #listen(client: number, req: ClientRequest, wants: Set<string>): void {
    const link = this.#link;
    const entry = this.#entries.get(client)!;
    req.once('socket', (socket) => {
      const connection = this.#dialler.connectionOf(socket);
      if (connection)
        link.tell({ to: 'clientSocket', client, socket: connection.id, addresses: addressesOf(socket) });
    });
    req.on('error', (error) => this.#failed(client, error));
    req.once('response', (res) => {
      entry.res = res;
      res.on('error', () => undefined);
      link.tell({ to: 'clientResponse', client, response: messageOf(res) });
    });
    if (wants.has('continue')) req.on('continue', () => link.tell({ to: 'clientContinue', client }));
    if (wants.has('information')) {
      req.on('information', ({ statusCode, statusMessage, httpVersion, rawHeaders }) =>
        link.tell({
          to: 'clientInformation',
          client,
          response: [statusCode, statusMessage, httpVersion, rawHeaders],
        }),
      );
    }
    for (const kind of ['upgrade', 'connect'] as const) {
      if (!wants.has(kind)) continue;
      req.once(kind, (res, socket, head) => {
        const connection = this.#dialler.connectionOf(socket);
        if (!connection) return void socket.destroy();
        connection.takeOver();
        const response = messageOf(res);
        entry.res = res;
        link.tell(
          { to: 'clientUpgrade', client, kind, socket: connection.id, response },
          new Uint8Array(head),
        );
      });
    }
    req.once('close', () => {
      this.#entries.delete(client);
      link.tell({ to: 'clientClosed', client, aborted: entry.res?.complete === false });
      link.maybeIdle();
    });
  }

  write({ client, ack, end, trailers }: Call<'clientWrite'>, chunk: Buffer | undefined): void {
    const req = this.#entries.get(client)?.req;
    if (!req) return;
    const written =
      ack === undefined ? undefined : () => this.#link.tell({ to: 'socketWritten', socket: 0, ack });
    if (trailers) req.addTrailers(trailers);
    if (end) req.end(chunk, written);
    else if (chunk) req.write(chunk, written);
    else req.flushHeaders();
    const limit = this.#link.limits.unsentBytesPerConnection;
    if (req.writableLength > limit) this.#link.limit('unsent bytes per connection', limit);
  }

  read({ client, taken }: Call<'clientRead'>): void {
    const entry = this.#entries.get(client);
    const res = entry?.res;
    if (!entry || !res) return;
    const { bodyWindowBytes } = this.#link.limits;
    entry.underWay = Math.max(0, entry.underWay - (taken > 0 ? taken : 0));
    if (entry.reading) {
      if (res.isPaused() && entry.underWay < bodyWindowBytes) res.resume();
      return;
    }
    entry.reading = true;
    res.on('data', (chunk: Buffer) => {
      entry.underWay += chunk.length;
      if (entry.underWay >= bodyWindowBytes) res.pause();
      this.#link.tell({ to: 'clientBody', client }, new Uint8Array(chunk));
    });
    res.once('end', () => this.#link.tell({ to: 'clientEnd', client, trailers: res.rawTrailers }));
  }

  setTimeout({ client, ms }: Call<'clientTimeout'>): void {
    this.#entries.get(client)?.req.setTimeout(ms, () => this.#link.tell({ to: 'clientTimeout', client }));
  }

  destroy({ client }: Call<'clientDestroy'>): void {
    this.#entries.get(client)?.req.destroy();
  }

  dispose(): void {
    for (const { req } of this.#entries.values()) req.destroy();
    this.#entries.clear();
    this.#keeping.destroy();
    this.#closing.destroy();
  }

  #failed(client: number, { code = 'ECONNRESET', syscall = '', message }: NodeJS.ErrnoException): void {
    this.#link.tell({ to: 'clientFailed', client, error: { code, syscall, message } });
  }
}

export function refused(host: string, port: number): NodeJS.ErrnoException {
  const address = host === 'localhost' ? '127.0.0.1' : host.replace(/^\[(.*)\]$/, '$1');
  return Object.assign(new Error(`connect ECONNREFUSED ${address}:${port}`), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
}

function messageOf({ statusCode, statusMessage, httpVersion, rawHeaders }: IncomingMessage): ResponseMessage {
  return [statusCode ?? 0, statusMessage ?? '', httpVersion, rawHeaders];
}
