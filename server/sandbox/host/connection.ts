/**
 * One connection of a guest on the main thread: what the guest writes to it, and what it reads itself
 * (`net`, and HTTP connections after an upgrade; the others are read by node:http).
 */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Addresses, FromGuest, GuestCall, SocketFailure } from '../protocol.ts';
import type { GuestLink } from './link.ts';

type Call<Op extends FromGuest['op']> = Extract<FromGuest, { op: Op }>;

export class Connection {
  readonly id: number;
  readonly socket: Duplex;
  /** The server that accepted it; undefined for the end that the guest opened itself. */
  readonly server: number | undefined;
  /** HTTP exchanges under way: 0 means idle. */
  active = 0;
  /** Set when bytes came that are no request: the response that was due then. What comes after is not read. */
  refused: { readonly headersSent: boolean } | undefined;
  /** The guest wants to hear of its end. */
  watched = false;
  /** As in `RequestMessage`. */
  readonly addresses: string;
  readonly #link: GuestLink;
  /** The guest reads the bytes. */
  #raw = false;
  #reading = false;
  /** Bytes the guest has not taken yet. */
  #underWay = 0;
  /** Bytes that came before the guest began to read; of those after, what it was sent, and what its code was handed. */
  #before = 0;
  #sent = 0;
  #handed = 0;
  #corked = false;
  #failure: SocketFailure | undefined;

  constructor(id: number, socket: Duplex, server: number | undefined, link: GuestLink) {
    this.id = id;
    this.socket = socket;
    this.server = server;
    const { remoteAddress, remotePort, remoteFamily, localAddress, localPort } = addressesOf(socket);
    this.addresses = [remoteAddress, remotePort, remoteFamily, localAddress, localPort].join(' ');
    this.#link = link;
  }

  /** Read by the guest, not by node:http; it is open even when no exchange is under way. */
  get raw(): boolean {
    return this.#raw;
  }

  /** From here on the guest reads; what node:http has read is not read again. */
  takeOver(): void {
    if (this.#raw) return;
    this.#raw = this.watched = true;
    const { bytesRead = 0 } = this.socket as Partial<Socket>;
    this.#before = bytesRead - this.socket.readableLength;
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      const { code = 'ECONNRESET', syscall = 'read' } = error;
      this.#failure = { code, syscall, message: error.message };
    });
  }

  /** Starts or goes on reading; the peer waits while the guest is behind. */
  read({ taken }: Call<'socketRead'>): void {
    if (!this.#raw) return;
    const { socket } = this;
    const { bodyWindowBytes } = this.#link.limits;
    this.#underWay = Math.max(0, this.#underWay - (taken > 0 ? taken : 0));
    if (this.#reading) {
      if (socket.isPaused() && this.#underWay < bodyWindowBytes) socket.resume();
      return;
    }
    this.#reading = true;
    socket.on('data', (chunk: Buffer) => {
      this.#underWay += chunk.length;
      this.#sent += chunk.length;
      if (this.#underWay >= bodyWindowBytes) socket.pause();
      // A copy of exactly these bytes: the chunk is a view of a pool that would cross as a whole.
      this.#link.tell({ to: 'socketData', socket: this.id }, new Uint8Array(chunk));
    });
    socket.once('end', () => this.#link.tell({ to: 'socketEnd', socket: this.id }));
    socket.resume();
  }

  /** A listener of the guest gets the first `end` bytes of what it was sent, as far as it has not had them. */
  handed(at: number, end: number, listener: GuestCall | undefined): void {
    const offset = this.#handed;
    this.#handed = Math.min(end, this.#sent);
    if (!(this.#handed > offset)) return void (this.#handed = offset);
    this.#report(at, this.#before + offset, this.#handed - offset, listener);
  }

  /** An `upgrade` listener gets the last `length` bytes that node:http has read: they are behind the head. */
  handedHead(at: number, length: number, listener: GuestCall): void {
    if (length > 0) this.#report(at, this.#before - length, length, listener);
  }

  #report(at: number, offset: number, length: number, { name, position }: Partial<GuestCall> = {}): void {
    const { socket } = this;
    this.#link.host.event({ type: 'handed', at, socket, offset, length, name: name ?? 'data', position });
  }

  write(call: Call<'socketWrite'>, chunk: Buffer | undefined): void {
    const { socket } = this;
    const { ack, end, more } = call;
    const written =
      ack === undefined ? undefined : () => this.#link.tell({ to: 'socketWritten', socket: this.id, ack });
    this.#link.host.attribute(call.call, () => {
      if (more && !this.#corked) {
        this.#corked = true;
        socket.cork();
      }
      if (end) socket.end(chunk, written);
      else socket.write(chunk ?? '', written);
      if (!more && this.#corked) {
        this.#corked = false;
        socket.uncork();
      }
    });
    const limit = this.#link.limits.unsentBytesPerConnection;
    if (socket.writableLength > limit) this.#link.limit('unsent bytes per connection', limit);
  }

  destroy(call: Call<'socketDestroy'>): void {
    this.#link.host.attribute(call.call, () => this.socket.destroy());
  }

  option({ name, value }: Call<'socketOption'>): void {
    const target = this.socket as Partial<Socket>;
    if (name === 'timeout') {
      target.setTimeout?.(Number(value));
      target.removeListener?.('timeout', this.#timedOut);
      target.on?.('timeout', this.#timedOut);
    }
    if (name === 'noDelay') target.setNoDelay?.(Boolean(value));
    if (name === 'keepAlive') target.setKeepAlive?.(Boolean(value));
  }
  readonly #timedOut = (): void => this.#link.tell({ to: 'timeout', socket: this.id });

  /** The socket has closed. */
  closed(): void {
    if (!this.watched) return;
    const error = this.#raw ? this.#failure : undefined;
    const hadError = this.socket.errored !== null;
    this.#link.tell({ to: 'socketClosed', socket: this.id, hadError, ...(error ? { error } : {}) });
  }
}

export function addressesOf(socket: Duplex): Addresses {
  const { remoteAddress, remotePort, remoteFamily, localAddress, localPort } = socket as Partial<Socket>;
  return { remoteAddress, remotePort, remoteFamily, localAddress, localPort };
}
