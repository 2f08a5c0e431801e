import { describe, expect, it } from 'vitest';
import type { FrameRecord, WebSocketMessageContent } from '../../dissect/records.ts';
import { Dissection } from '../../../tests/support/dissection.ts';
import { close, frame, switching, upgrade } from '../../../tests/support/websocket-bytes.ts';
import { bitRow, foldedRows, keyByte, keyByteOf, rowCount } from './bits.ts';
import { brokenPlaces } from './broken.ts';
import { closeCodeKey, frameParts, placeOf } from './parts.ts';

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The frame as records, and the rows of its table in short: `a1 b000 …`, `key`, `payload`. */
function tableOf(direction: 'up' | 'down', text: string) {
  const dissection = new Dissection().feed(['up', upgrade()], ['down', switching()], [direction, text]);
  const record = dissection.records(direction).at(-1) as FrameRecord;
  const content = (dissection.contents(direction).at(-1) ?? null) as WebSocketMessageContent | null;
  const parts = frameParts(record, direction, content);
  const bytes = bytesOf(text);
  const size = record.end - record.start;
  const rows = Array.from({ length: rowCount(size) }, (_, row) =>
    bitRow(record, parts, bytes, size, row).map(
      ({ part, shows, bits, columns }) => `${parts[part]!.id} ${shows === 'bits' ? bits : shows} ${columns}`,
    ),
  );
  return { record, parts, rows };
}

describe('the bit table', () => {
  it('divides a masked frame as RFC 6455 §5.2 draws it', () => {
    const { rows, parts } = tableOf('up', frame(1, 'hello', { mask: 0x37fa213d }));
    expect(rows).toEqual([
      [
        'fin 1 1',
        'rsv 000 3',
        'opcode 0001 4',
        'mask 1 1',
        'length 0000101 7',
        'maskingKey key 8',
        'maskingKey key 8',
      ],
      ['maskingKey key 8', 'maskingKey key 8', 'payload payload 8', 'payload payload 8'],
      ['payload payload 8', 'payload payload 8', 'payload payload 8'],
    ]);
    expect(parts.map(({ name }) => name)).toEqual([
      ...['FIN', 'RSV1–3', 'opcode', 'MASK', 'length', 'masking key', 'payload'],
    ]);
  });

  it('has no key where there is no mask', () => {
    const { rows } = tableOf('down', frame(1, 'hi'));
    expect(rows[0]!.slice(3)).toEqual([
      'mask 0 1',
      'length 0000010 7',
      'payload payload 8',
      'payload payload 8',
    ]);
  });

  it('shows a length of 16 bits in one cell', () => {
    const { rows } = tableOf('down', frame(2, 'x'.repeat(300)));
    expect(rows[0]!.slice(4)).toEqual(['length 1111110 7', 'extended 0000000100101100 16']);
    expect(rows[1]).toEqual(Array(4).fill('payload payload 8'));
  });

  it('gives a length of 64 bits rows of its own', () => {
    const { rows } = tableOf('up', frame(2, 'x'.repeat(65_536), { mask: 1 }));
    expect(rows[0]!.slice(4)).toEqual(['length 1111111 7', `extended ${'0'.repeat(16)} 16`]);
    expect(rows[1]).toEqual([`extended ${'0'.repeat(31)}1 32`]);
    expect(rows[2]).toEqual([`extended ${'0'.repeat(16)} 16`, 'maskingKey key 8', 'maskingKey key 8']);
  });

  it('tells the code of a Close from its reason', () => {
    const { rows, parts } = tableOf('down', close(1000, 'bye'));
    expect(rows.flat().slice(5)).toEqual([
      ...['closeCode payload 8', 'closeCode payload 8'],
      ...['payload payload 8', 'payload payload 8', 'payload payload 8'],
    ]);
    expect(parts.map(({ name }) => name).slice(-2)).toEqual(['status code', 'reason']);
    expect(parts.find(({ id }) => id === 'closeCode')).toMatchObject({
      note: 'inspect:part.code.1000',
      params: { code: 1000 },
    });
  });

  it('has no payload where there is none', () => {
    const { parts, rows } = tableOf('down', frame(9));
    expect(parts.at(-1)!.id).toBe('length');
    expect(rows).toHaveLength(1);
  });

  it('folds what is beyond the header and eight rows of payload', () => {
    const header = { headerLength: 6 } as FrameRecord;
    expect(foldedRows(header, 6 + 34)).toBe(10);
    expect(foldedRows(header, 6 + 35)).toBe(9);
    expect(foldedRows({ headerLength: 14 } as FrameRecord, 1_000_014)).toBe(11);
  });
});

describe('the mask', () => {
  it('repeats every four bytes of payload', () => {
    const record = { headerLength: 6, maskingKey: 0x37fa213d } as FrameRecord;
    expect([5, 6, 7, 9, 10].map((byte) => keyByteOf(record, byte))).toEqual([null, 0, 1, 3, 0]);
    expect([0, 1, 2, 3].map((index) => keyByte(0x37fa213d, index))).toEqual([0x37, 0xfa, 0x21, 0x3d]);
    expect(keyByteOf({ headerLength: 2, maskingKey: null } as FrameRecord, 3)).toBeNull();
  });
});

describe('a violation', () => {
  it('is noted at the part that breaks the rule', () => {
    const { record, parts } = tableOf('up', frame(1, 'hi'));
    expect(record.malformed.map(({ reason }) => parts[placeOf(reason, parts)]!.id)).toEqual(['mask']);
    expect(parts[placeOf('utf8', parts)]!.id).toBe('payload');
  });

  it('marks a part of the header, and of the payload only the byte', () => {
    const { record, parts } = tableOf('down', frame(1, 'ok\xff!', { mask: 0 }));
    const broken = brokenPlaces(record, parts);
    expect([...broken.parts].map((part) => parts[part]!.id)).toEqual(['mask']);
    expect([...broken.bytes]).toEqual([8]);
  });
});

describe('a status code', () => {
  it('means what RFC 6455 §7.4 says, or what its range says', () => {
    expect([1000, 1006, 1011, 3000, 4001, 999, 5000].map(closeCodeKey)).toEqual([
      ...['1000', 'never', '1011', 'registered', 'private', 'never', 'never'],
    ]);
  });
});
