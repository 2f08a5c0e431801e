/**
 * TCP segments in IP packets, made up around recorded bytes: IPv4 (RFC 791), IPv6 (RFC 8200), TCP (RFC 9293).
 */
import { isIPv4, isIPv6 } from 'node:net';

export interface Endpoint {
  address: string;
  port: number;
}

export interface Segment {
  from: Endpoint;
  to: Endpoint;
  /** Modulo 2^32, as all sequence numbers. */
  seq: number;
  ack: number;
  flags: number;
  payload?: Buffer;
}

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;

/** Largest payload: Linux's own on loopback, where a packet may have 64 KiB. */
export const SEGMENT_BYTES = 65_483;

const TCP = 6;
const NOTHING = Buffer.alloc(0);

export function tcpPacket(segment: Segment): Buffer {
  const from = addressBytes(segment.from.address);
  const to = addressBytes(segment.to.address);
  const v6 = from.length === 16 || to.length === 16;
  const [source, target] = v6 ? [mapped(from), mapped(to)] : [from, to];
  const tcp = tcpSegment(segment, source, target);
  return Buffer.concat([v6 ? ipv6(source, target, tcp.length) : ipv4(source, target, tcp.length), tcp]);
}

function tcpSegment(
  { from, to, seq, ack, flags, payload = NOTHING }: Segment,
  source: Buffer,
  target: Buffer,
): Buffer {
  const opening = (flags & SYN) !== 0;
  const header = opening ? 24 : 20;
  const tcp = Buffer.alloc(header + payload.length);
  tcp.writeUInt16BE(from.port, 0);
  tcp.writeUInt16BE(to.port, 2);
  tcp.writeUInt32BE(seq >>> 0, 4);
  tcp.writeUInt32BE((flags & ACK) === 0 ? 0 : ack >>> 0, 8);
  tcp[12] = (header / 4) << 4;
  tcp[13] = flags;
  tcp.writeUInt16BE(0xffff, 14);
  if (opening) {
    // Option 2: maximum segment size.
    tcp.writeUInt16BE(0x0204, 20);
    tcp.writeUInt16BE(SEGMENT_BYTES, 22);
  }
  payload.copy(tcp, header);
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(tcp.length, 0);
  pseudo.writeUInt32BE(TCP, 4);
  tcp.writeUInt16BE(checksum([source, target, pseudo, tcp]), 16);
  return tcp;
}

function ipv4(source: Buffer, target: Buffer, length: number): Buffer {
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(20 + length, 2);
  header.writeUInt16BE(0x4000, 6); // do not fragment
  header[8] = 64; // time to live
  header[9] = TCP;
  source.copy(header, 12);
  target.copy(header, 16);
  header.writeUInt16BE(checksum([header]), 10);
  return header;
}

function ipv6(source: Buffer, target: Buffer, length: number): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(length, 4);
  header[6] = TCP;
  header[7] = 64; // hop limit
  source.copy(header, 8);
  target.copy(header, 24);
  return header;
}

/** RFC 1071, over parts of even length but the last. */
function checksum(parts: Buffer[]): number {
  let sum = 0;
  for (const part of parts) {
    const even = part.length & ~1;
    for (let at = 0; at < even; at += 2) sum += (part[at]! << 8) | part[at + 1]!;
    if (even < part.length) sum += part[even]! << 8;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** Four or sixteen bytes; zeros for what is no address. */
function addressBytes(address: string): Buffer {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) return Buffer.from(plain.split('.').map(Number));
  if (!isIPv6(plain)) return Buffer.alloc(4);
  const [head = '', tail] = plain.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const all = [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

function mapped(address: Buffer): Buffer {
  if (address.length === 16) return address;
  return Buffer.concat([Buffer.alloc(10), Buffer.of(0xff, 0xff), address]);
}
