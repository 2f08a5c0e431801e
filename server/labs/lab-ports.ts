/**
 * The virtual ports of one run, each with a real one.
 *
 * In: the guest's `listen` and `close`. Out: open ports, connections for whoever listens.
 * Knows nothing of taps and telemetry. Keeps real ports over a restart of the sandbox within the run, and holds
 * connections that come meanwhile.
 */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ListenOptions } from '../sandbox/index.ts';
import type { OpenPort, Peeked, Sockets } from '../sockets/index.ts';
import { PORTS } from './limits.ts';

export interface LabPortsOptions {
  lab: string;
  sockets: Sockets;
  /** Taps a learner's connection; undefined when it was refused. */
  accept(socket: Socket, peeked: Peeked, port: number): Duplex | undefined;
  onPlatform(socket: Socket): void;
}

type Deliver = (socket: Duplex) => void;

interface LabPort {
  wanted: number;
  open: OpenPort;
  /** Undefined between the old sandbox and the `listen` of the new one. */
  deliver: Deliver | undefined;
  /** The server may speak first. */
  immediate: boolean;
  waiting: Duplex[];
}

export class LabPorts {
  readonly #options: LabPortsOptions;
  #ports: LabPort[] = [];
  /** Virtual ports that are being opened: a second `listen` on one is refused while the first is under way. */
  readonly #opening: number[] = [];
  /** Settled when all that were asked for before are open: the first is the page's, and Node keeps the order too. */
  #before: Promise<unknown> = Promise.resolve();
  #keeping = false;
  #grace: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: LabPortsOptions) {
    this.#options = options;
  }

  get open(): OpenPort[] {
    return this.#ports.map(({ open }) => open);
  }

  /** @returns the port, and whether it was opened just now. */
  async listen(
    wanted: number,
    deliver: Deliver,
    { immediate = false }: ListenOptions = {},
  ): Promise<{ port: OpenPort; isNew: boolean; close(): void }> {
    const kept = this.#ports.find((port) => port.deliver === undefined && port.wanted === wanted);
    if (kept) {
      kept.immediate = immediate;
      return { port: kept.open, isNew: false, close: this.#serve(kept, deliver) };
    }
    if (this.#ports.length + this.#opening.length >= PORTS)
      throw portError('EMFILE', `a lab may open ${PORTS} ports`);
    const isTaken = this.#opening.includes(wanted) || this.#ports.some(({ open }) => open.virtual === wanted);
    if (wanted !== 0 && isTaken) throw portError('EADDRINUSE', `address already in use :::${wanted}`, wanted);
    this.#opening.push(wanted);
    const opened = this.#options.sockets.open(this.#options.lab, wanted, {
      onLearner: (socket, peeked) => this.#connected(port, socket, peeked),
      onPlatform: this.#options.onPlatform,
      // Asked at each connection: a restart may have brought another kind of server.
      immediate: () => port.immediate,
    });
    const before = this.#before;
    const inTurn = opened.finally(() => before);
    this.#before = inTurn.catch(() => undefined);
    const open = await inTurn.finally(() => this.#opening.splice(this.#opening.indexOf(wanted), 1));
    const port: LabPort = { wanted, open, deliver: undefined, immediate, waiting: [] };
    if (this.#closed) {
      open.close();
      throw portError('ECANCELED', 'the run has ended');
    }
    this.#ports.push(port);
    return { port: open, isNew: true, close: this.#serve(port, deliver) };
  }

  /** The sandbox begins again: what it closes now stays open for the next `listen`. */
  keep(): void {
    clearTimeout(this.#grace);
    this.#keeping = true;
    for (const port of this.#ports) port.deliver = undefined;
  }

  /** The new sandbox has had its first turn: what it does not listen on within `ms` it never will. */
  closeUnservedAfter(ms: number): void {
    clearTimeout(this.#grace);
    this.#grace = setTimeout(() => this.#closeUnserved(), ms).unref();
  }

  #closeUnserved(): void {
    this.#keeping = false;
    for (const port of this.#ports.filter(({ deliver }) => deliver === undefined)) this.#close(port);
  }

  close(): void {
    clearTimeout(this.#grace);
    this.#closed = true;
    for (const port of this.#ports) this.#close(port);
  }

  #serve(port: LabPort, deliver: Deliver): () => void {
    port.deliver = deliver;
    for (const socket of port.waiting.splice(0)) deliver(socket);
    return () => {
      // Of the sandbox before: its port belongs to another by now.
      if (port.deliver === deliver) this.#close(port);
    };
  }

  #connected(port: LabPort, socket: Socket, peeked: Peeked): void {
    if (this.#closed) return void socket.resetAndDestroy();
    const tapped = this.#options.accept(socket, peeked, port.open.virtual);
    if (!tapped) return;
    if (port.deliver) port.deliver(tapped);
    else if (this.#keeping) port.waiting.push(tapped);
    else tapped.destroy();
  }

  #close(port: LabPort): void {
    port.open.close();
    for (const socket of port.waiting.splice(0)) socket.destroy();
    this.#ports = this.#ports.filter((other) => other !== port);
  }
}

function portError(code: string, text: string, port?: number): Error {
  return Object.assign(new Error(`listen ${code}: ${text}`), { code, syscall: 'listen', port });
}
