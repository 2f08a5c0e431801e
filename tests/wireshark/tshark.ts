/** Finds tshark, and reads with it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findTshark } from '../../.ci/tshark.mjs';
import { fieldNamed, fieldsNamed, parsePdml, type Element } from './pdml.ts';
import type { FrameReading, HttpReading, Reading } from './reading.ts';

const run = promisify(execFile);

/** `<client port>-<server port>` to what each side sent. */
export type Streams = Map<string, { up: Reading[]; down: Reading[] }>;

/** Packets with their checksums and what Wireshark has to say against them. */
export interface Health {
  packets: number;
  badChecksums: number;
  /** `tcp.analysis.*`: lost segments, retransmissions, and the like. */
  analysis: string[];
}

/** Reads a pcapng file as Wireshark would: every port of the labs is HTTP. */
export async function readWithTshark(pcapng: Buffer): Promise<{ streams: Streams; health: Health }> {
  const folder = await mkdtemp(join(tmpdir(), 'pcapng-'));
  try {
    const file = join(folder, 'runs.pcapng');
    await writeFile(file, pcapng);
    const { stdout } = await run(
      await findTshark(),
      [
        ...[
          '-r',
          file,
          '-T',
          'pdml',
          '-J',
          'ip ipv6 tcp http websocket data data-text-lines',
          '-d',
          'tcp.port==1024-65535,http',
        ],
        ...['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'],
        // Payloads as they crossed: inflating is compared by our own tests with zlib.
        ...['-o', 'websocket.decompress:FALSE', '-o', 'http.decompress_body:FALSE'],
      ],
      { maxBuffer: 512 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C.UTF-8' } },
    );
    return readPackets(parsePdml(stdout));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function readPackets(root: Element): { streams: Streams; health: Health } {
  const streams: Streams = new Map();
  const health: Health = { packets: 0, badChecksums: 0, analysis: [] };
  for (const packet of root.children.flatMap(({ children }) => children)) {
    if (packet.tag !== 'packet') continue;
    health.packets++;
    const tcp = packet.children.find(({ attributes }) => attributes['name'] === 'tcp');
    if (!tcp) continue;
    for (const name of ['tcp.checksum.status', 'ip.checksum.status']) {
      const status = fieldNamed(packet, name)?.attributes['show'];
      if (status !== undefined && status !== '1') health.badChecksums++;
    }
    const analysis = fieldNamed(tcp, 'tcp.analysis.flags');
    if (analysis)
      health.analysis.push(analysis.children.map(({ attributes }) => attributes['showname']).join());
    const from = Number(fieldNamed(tcp, 'tcp.srcport')!.attributes['show']);
    const to = Number(fieldNamed(tcp, 'tcp.dstport')!.attributes['show']);
    const known = streams.get(`${to}-${from}`);
    const key = known ? `${to}-${from}` : `${from}-${to}`;
    const stream = streams.get(key) ?? { up: [], down: [] };
    streams.set(key, stream);
    stream[known ? 'down' : 'up'].push(...readLayers(packet));
  }
  return { streams, health };
}

/** The messages and frames that were complete with this packet. */
function readLayers(packet: Element): Reading[] {
  const readings: Reading[] = [];
  for (const layer of packet.children) {
    const name = layer.attributes['name'];
    if (name === 'http') readings.push(readHttp(layer));
    else if (name === 'websocket') readings.push(readFrame(layer));
    else {
      // What a frame carries stands in a layer of its own when it is not text.
      const data = fieldNamed(layer, 'data.data');
      const last = readings[readings.length - 1];
      if (data && last?.kind === 'frame' && last.payload === '') last.payload = data.attributes['value']!;
    }
  }
  return readings;
}

function readHttp(layer: Element): Reading {
  const show = (name: string): string | undefined => fieldNamed(layer, name)?.attributes['show'];
  const kind: HttpReading['kind'] | undefined =
    show('http.request.method') !== undefined
      ? 'request'
      : show('http.response.code') !== undefined
        ? 'response'
        : undefined;
  if (!kind) return { kind: 'other', what: `bytes of ${layer.attributes['size']}` };
  const startLine =
    kind === 'request'
      ? `${show('http.request.method')} ${show('http.request.uri')} ${show('http.request.version')}`
      : `${show('http.response.version')} ${show('http.response.code')} ${show('http.response.phrase') ?? ''}`.trimEnd();
  const lines = fieldsNamed(layer, `http.${kind}.line`).map(({ attributes }) =>
    Buffer.from(attributes['value'] ?? '', 'hex').toString('latin1'),
  );
  const sizes = fieldsNamed(layer, 'http.chunk_size').map(({ attributes }) => Number(attributes['show']));
  return {
    kind,
    startLine,
    headers: lines.map((line) =>
      line.replace(/\r?\n$/, '').replace(/^([^:]*):[ \t]*([^]*?)[ \t]*$/, '$1: $2'),
    ),
    chunks: sizes.length > 0 ? sizes : null,
    body: fieldNamed(layer, 'http.file_data')?.attributes['value'] ?? '',
  };
}

function readFrame(layer: Element): FrameReading {
  const show = (name: string): string | undefined => fieldNamed(layer, name)?.attributes['show'];
  const length =
    show('websocket.payload_length_ext_64') ??
    show('websocket.payload_length_ext_16') ??
    show('websocket.payload_length');
  return {
    kind: 'frame',
    fin: show('websocket.fin') === '1',
    rsv: Number(show('websocket.rsv')),
    opcode: Number(show('websocket.opcode')),
    maskingKey: fieldNamed(layer, 'websocket.masking_key')?.attributes['value'] ?? null,
    length: Number(length),
    payload: payloadOf(layer),
  };
}

function payloadOf(layer: Element): string {
  const payload = fieldNamed(layer, 'websocket.payload');
  if (!payload) return '';
  const code = fieldNamed(payload, 'websocket.payload.close.status_code')?.attributes['value'];
  if (code !== undefined)
    return code + (fieldNamed(payload, 'websocket.payload.close.reason')?.attributes['value'] ?? '');
  return payload.children.map(({ attributes }) => attributes['value'] ?? '')[0] ?? '';
}
