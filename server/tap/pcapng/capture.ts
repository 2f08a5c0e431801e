/**
 * A lab's log as a pcapng file for Wireshark.
 *
 * Its point of view is the browser's end of the real sockets: what the browser sent is there when the tap read
 * it, what it was sent when the kernel took it. So nothing is in it that the emulated network still holds or
 * has lost. Bytes, their order, their grouping into reads and writes, times, ports and addresses are recorded;
 * packet headers, handshakes and sequence numbers are made up around them, without acknowledgements of their
 * own. What was not recorded is a segment that is missing.
 */
import type { KeptEvent } from '../../telemetry/index.ts';
import type { ConnectionEndEvent, ConnectionEvent, Direction } from '../../telemetry/protocol.ts';
import { enhancedPacket, interfaceDescription, sectionHeader } from './blocks.ts';
import { ACK, FIN, PSH, RST, SEGMENT_BYTES, SYN, tcpPacket, type Endpoint } from './packets.ts';

/** One direction of a connection. */
interface Side {
  from: Endpoint;
  to: Endpoint;
  /** Sequence number of the byte at offset 0, less what overflows. */
  first: number;
  /** Offset behind the last byte that is in the file or known to be missing. */
  end: number;
  /** 1 once its FIN was sent, which counts as a byte. */
  finished: 0 | 1;
}

interface Connection {
  sides: Record<Direction, Side>;
  /** What the server's side wrote and the browser has not been given. */
  written: { offset: number; bytes: Buffer | undefined; length: number }[];
}

const OTHER = { up: 'down', down: 'up' } as const;

export class Capture {
  #startedAt: number;
  #connections = new Map<number, Connection>();
  #blocks: Buffer[] = [];
  /** Goes with the next packet. */
  #comments: string[] = [];

  /** @param startedAt wall clock at lab time 0 until a `run` event says otherwise, ms since 1970. */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /** What the file begins with. */
  static header(lab: string): Buffer {
    return Buffer.concat([
      sectionHeader(
        '101 Switching Protocols',
        'Recorded at the sockets of a lab: the bytes, their grouping and times are real, the packets around them are made up.',
      ),
      interfaceDescription(`lab ${lab}`, 'the browser’s end of the lab’s TCP connections'),
    ]);
  }

  /** The packets that came of these events. */
  write(events: readonly KeptEvent[]): Buffer {
    for (const event of events) this.#event(event);
    const blocks = this.#blocks;
    this.#blocks = [];
    return Buffer.concat(blocks);
  }

  #event(event: KeptEvent): void {
    switch (event.type) {
      case 'run':
        this.#startedAt = event.startedAt;
        this.#connections.clear();
        break;
      case 'connection':
        return this.#open(event);
      case 'bytes': {
        const connection = this.#of(event.connection);
        const { offset, length, bytes } = event;
        if (event.direction === 'down') connection.written.push({ offset, length, bytes });
        else this.#data(event.t, connection, 'up', offset, length, bytes);
        break;
      }
      case 'arrived':
        if (event.direction === 'down') this.#given(event.t, this.#of(event.connection), event.end);
        break;
      case 'silence':
        this.#comments.push(`connection ${event.connection} was cut in silence: nothing arrives any more`);
        break;
      case 'gap':
        this.#comments.push(`${event.events} events before this were not kept`);
        break;
      case 'connection-end':
        return this.#end(event);
    }
  }

  #open({ connection, port, remote, local, t }: ConnectionEvent): void {
    const { up, down } = this.#add(connection, remote, local).sides;
    this.#comments.push(
      `connection ${connection}, server code listens on ${port}; ` +
        `where Wireshark does not know it: Decode As… tcp.port == ${local.port}, HTTP`,
    );
    this.#packet(t, up, SYN, up.first - 1, 0);
    this.#packet(t, down, SYN | ACK, down.first - 1, up.first);
    this.#packet(t, up, ACK, up.first, down.first);
  }

  #add(connection: number, remote: Endpoint, local: Endpoint): Connection {
    // Initial sequence numbers that tell connections apart; any number would do.
    const first = connection * 1_000_000 + 1;
    const added: Connection = {
      sides: {
        up: { from: remote, to: local, first, end: 0, finished: 0 },
        down: { from: local, to: remote, first: first + 500_000, end: 0, finished: 0 },
      },
      written: [],
    };
    this.#connections.set(connection, added);
    return added;
  }

  /** The connection; with addresses that are none when what told them was not kept. */
  #of(connection: number): Connection {
    const known = this.#connections.get(connection);
    if (known) return known;
    this.#comments.push(`connection ${connection}: its beginning was not kept, its addresses are not known`);
    const unknown = (port: number): Endpoint => ({ address: '0.0.0.0', port });
    return this.#add(connection, unknown(1 + (connection % 0xffff)), unknown(80));
  }

  /** The browser was given what was written below `end`. */
  #given(t: number, connection: Connection, end: number): void {
    const { written } = connection;
    for (let next; (next = written[0]) && next.offset < end;) {
      const length = Math.min(next.length, end - next.offset);
      this.#data(t, connection, 'down', next.offset, length, next.bytes?.subarray(0, length));
      if (length === next.length) written.shift();
      else {
        next.offset += length;
        next.length -= length;
        next.bytes = next.bytes?.subarray(length);
      }
    }
  }

  #data(
    t: number,
    connection: Connection,
    direction: Direction,
    offset: number,
    length: number,
    bytes: Buffer | undefined,
  ): void {
    const side = connection.sides[direction];
    const other = connection.sides[OTHER[direction]];
    if (offset > side.end) this.#comments.push(`${offset - side.end} bytes before this were not kept`);
    if (!bytes) this.#comments.push(`${length} bytes before this were not recorded`);
    for (let at = 0; bytes && at < length; at += SEGMENT_BYTES) {
      const payload = bytes.subarray(at, at + SEGMENT_BYTES);
      this.#packet(t, side, PSH | ACK, side.first + offset + at, position(other), payload);
    }
    side.end = offset + length;
  }

  #end({ connection: number, by, error, t }: ConnectionEndEvent): void {
    const connection = this.#connections.get(number);
    this.#connections.delete(number);
    if (!connection) return;
    const { up, down } = connection.sides;
    const first = by === 'browser' ? up : down;
    const second = first === up ? down : up;
    if (by === 'cut' || by === 'stop' || error !== undefined) {
      return this.#packet(t, first, RST | ACK, position(first), position(second));
    }
    for (const [side, other] of [
      [first, second],
      [second, first],
    ] as const) {
      this.#packet(t, side, FIN | ACK, position(side), position(other));
      side.finished = 1;
    }
    this.#packet(t, first, ACK, position(first), position(second));
  }

  #packet(t: number, { from, to }: Side, flags: number, seq: number, ack: number, payload?: Buffer): void {
    const at = BigInt(Math.round(this.#startedAt)) * 1_000_000n + BigInt(Math.round(t * 1e6));
    const comment = this.#comments.length > 0 ? this.#comments.join('\n') : undefined;
    this.#comments = [];
    this.#blocks.push(enhancedPacket(at, tcpPacket({ from, to, seq, ack, flags, payload }), comment));
  }
}

/** Sequence number of what comes next. */
function position({ first, end, finished }: Side): number {
  return first + end + finished;
}
