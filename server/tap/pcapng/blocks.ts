/**
 * Blocks of a pcapng file (draft-ietf-opsawg-pcapng), little-endian: one section, one interface, packets.
 *
 * The link type is RAW (101): each packet begins with its IPv4 or IPv6 header. Times are nanoseconds.
 */
const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const LINKTYPE_RAW = 101;

/** Option codes: §3.5, and those of the section header (§4.1) and the interface description (§4.2). */
const COMMENT = 1;
const SHB_USERAPPL = 4;
const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;

type Option = [code: number, value: string | Buffer];

/** Begins a file. */
export function sectionHeader(program: string, comment: string): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
  body.writeUInt16LE(1, 4); // version 1.0
  body.writeBigInt64LE(-1n, 8); // length of the section: not known
  return block(SECTION_HEADER, body, [
    [COMMENT, comment],
    [SHB_USERAPPL, program],
  ]);
}

/** The interface (number 0) that packets were seen on. */
export function interfaceDescription(name: string, description: string): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(LINKTYPE_RAW, 0); // a snapshot length of 0 behind it: nothing was cut
  return block(INTERFACE_DESCRIPTION, body, [
    [IF_NAME, name],
    [IF_DESCRIPTION, description],
    [IF_TSRESOL, Buffer.of(9)],
  ]);
}

/** @param at ns since 1970. */
export function enhancedPacket(at: bigint, packet: Buffer, comment: string | undefined): Buffer {
  const body = Buffer.alloc(20 + padded(packet.length));
  body.writeUInt32LE(Number(at >> 32n), 4);
  body.writeUInt32LE(Number(at & 0xffffffffn), 8);
  body.writeUInt32LE(packet.length, 12);
  body.writeUInt32LE(packet.length, 16);
  packet.copy(body, 20);
  return block(ENHANCED_PACKET, body, comment === undefined ? [] : [[COMMENT, comment]]);
}

function block(type: number, body: Buffer, options: Option[]): Buffer {
  const tail = options.length > 0 ? [...options.map(option), Buffer.alloc(4)] : [];
  const length = 12 + body.length + tail.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(length, 4);
  const end = Buffer.alloc(4);
  end.writeUInt32LE(length, 0);
  return Buffer.concat([head, body, ...tail, end], length);
}

function option([code, value]: Option): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  const encoded = Buffer.alloc(4 + padded(bytes.length));
  encoded.writeUInt16LE(code, 0);
  encoded.writeUInt16LE(bytes.length, 2);
  bytes.copy(encoded, 4);
  return encoded;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
