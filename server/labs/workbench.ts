/**
 * One lab's workbench: bytes that a learner wrote by hand go to a port of the lab, as they are.
 *
 * Its connections are marked in the telemetry: no page has them.
 */
import type { Socket } from 'node:net';
import { monotonicMs } from '../clock.ts';
import { CodedError } from '../errors/index.ts';
import type { OpenPort } from '../sockets/index.ts';
import { exchange } from './exchange.ts';
import { EXCHANGES_AT_ONCE, EXCHANGES_PER_S, LONGEST_PATIENCE_MS, PATIENCE_MS } from './limits.ts';
import type { ExchangeView } from './protocol.ts';

/** One end of a connection, as the other end names it too: an IPv4 address may come as IPv6. */
const nameOf = (address = '', port = 0): string => `${address.replace(/^::ffff:/, '')} ${port}`;

export class Workbench {
  /** Connections under way by their own end; the number once they were accepted. */
  readonly #own = new Map<string, { connection: number | null }>();
  /** When the exchanges of the last second began. */
  #recent: number[] = [];

  /** A connection was accepted on a port of the lab. @returns whether it is the workbench's. */
  accepted({ remoteAddress, remotePort }: Socket, connection: number): boolean {
    const own = this.#own.get(nameOf(remoteAddress, remotePort));
    if (own === undefined) return false;
    own.connection = connection;
    return true;
  }

  /**
   * @param roundTripMs of the emulated network: the answer is waited for so much longer.
   * @throws CodedError RATE_LIMITED; PORT_NOT_OPEN when the port has closed meanwhile.
   */
  async exchange(port: OpenPort, sent: Buffer, roundTripMs: number): Promise<Omit<ExchangeView, 'run'>> {
    this.#count();
    const socket = await port.connect().catch(() => {
      throw new CodedError('PORT_NOT_OPEN', { params: { port: port.virtual } });
    });
    const own: { connection: number | null } = { connection: null };
    const name = nameOf(socket.localAddress, socket.localPort);
    this.#own.set(name, own);
    socket.once('close', () => this.#own.delete(name));
    const patienceMs = Math.min(PATIENCE_MS + roundTripMs, LONGEST_PATIENCE_MS);
    const { bytes, end, ms } = await exchange(socket, sent, patienceMs);
    return { connection: own.connection, base64: bytes.toString('base64'), end, ms };
  }

  #count(): void {
    const now = monotonicMs();
    this.#recent = this.#recent.filter((at) => now - at < 1_000);
    if (this.#recent.length >= EXCHANGES_PER_S || this.#own.size >= EXCHANGES_AT_ONCE)
      throw new CodedError('RATE_LIMITED', { params: { limit: EXCHANGES_PER_S } });
    this.#recent.push(now);
  }
}
