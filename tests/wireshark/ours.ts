/** Readings of our own dissector. */
import { createConnectionDissector } from '../../client/dissect/index.ts';
import { isHttpMessage, type HttpMessageRecord, type WireRecord } from '../../client/dissect/records.ts';
import type { Reading } from './reading.ts';
import type { Crossed } from './record.ts';

export function readOurs({ pieces }: Crossed): { up: Reading[]; down: Reading[] } {
  const dissector = createConnectionDissector();
  const bytes = { up: Buffer.alloc(0), down: Buffer.alloc(0) };
  const records: Record<'up' | 'down', WireRecord[]> = { up: [], down: [] };
  const take = (): void => {
    for (const change of dissector.takeChanges()) {
      records[change.direction].splice(change.first, Infinity, ...change.records);
    }
  };
  for (const piece of pieces) {
    bytes[piece.direction] = Buffer.concat([bytes[piece.direction], piece.bytes]);
    dissector.push(piece.direction, piece.bytes);
    take();
  }
  dissector.end('up');
  dissector.end('down');
  take();
  return { up: readingsOf(records.up, bytes.up), down: readingsOf(records.down, bytes.down) };
}

function readingsOf(records: WireRecord[], bytes: Buffer): Reading[] {
  const readings: Reading[] = [];
  records.forEach((record, index) => {
    const own = bytes.subarray(record.start, record.end);
    if (isHttpMessage(record)) {
      const parts = records.filter(
        (part) => (part.kind === 'chunk' || part.kind === 'body') && part.message === index,
      );
      readings.push(readMessage(record, own, parts, bytes));
    } else if (record.kind === 'frame') {
      const key = record.maskingKey;
      const payload = Buffer.from(own.subarray(record.headerLength));
      if (key !== null)
        for (let at = 0; at < payload.length; at++) payload[at]! ^= (key >>> (24 - 8 * (at & 3))) & 255;
      if (!record.complete) readings.push({ kind: 'other', what: 'incomplete frame' });
      else
        readings.push({
          kind: 'frame',
          fin: record.fin,
          rsv: record.rsv,
          opcode: record.opcode,
          maskingKey: key === null ? null : (key >>> 0).toString(16).padStart(8, '0'),
          length: record.payloadLength,
          payload: payload.toString('hex'),
        });
    } else if (record.kind === 'bytes')
      readings.push({ kind: 'other', what: `bytes ${own.toString('hex')}` });
  });
  return readings;
}

function readMessage(record: HttpMessageRecord, own: Buffer, parts: WireRecord[], bytes: Buffer): Reading {
  const { startLine, headers, kind, body } = record;
  const complete =
    record.complete &&
    (body.framing !== 'chunked' || parts.some((part) => part.kind === 'chunk' && part.last && part.complete));
  const text =
    'method' in startLine
      ? `${startLine.method} ${startLine.target} ${startLine.version}`
      : `${startLine.version} ${startLine.status} ${startLine.reason}`;
  if (!complete) return { kind: 'other', what: `incomplete ${kind} ${text}` };
  const chunks = parts.flatMap((part) => (part.kind === 'chunk' ? [part] : []));
  const carried =
    body.framing === 'chunked'
      ? chunks.map((chunk) => {
          const data = bytes.indexOf(0x0a, chunk.start) + 1;
          return bytes.subarray(data, data + chunk.size);
        })
      : [own.subarray(record.bodyStart), ...parts.map((part) => bytes.subarray(part.start, part.end))];
  return {
    kind,
    startLine: text.trimEnd(),
    headers: headers.map(({ name, value }) => `${name}: ${value}`),
    chunks: body.framing === 'chunked' ? chunks.map(({ size }) => size) : null,
    body: Buffer.concat(carried).toString('hex'),
  };
}
