/** Open files: numbers that remember a name and a place in it. */
import { Buffer } from './buffer.ts';
import { contentOf, failure, nameOf, open, setContent, type Stats, stat, absolute } from './fs-tree.ts';
import { limitReached } from './limit-error.ts';

interface Descriptor {
  name: string;
  flags: string;
  at: number;
}

const descriptors = new Map<number, Descriptor>();
/** 0 to 2 are the standard streams. */
const FIRST = 3;
const MOST = 1_024;

export function openFile(path: unknown, flags: unknown = 'r'): number {
  const asked = typeof flags === 'string' ? flags : 'r';
  if (descriptors.size >= MOST) throw limitReached('open files', MOST);
  const name = open(path, asked);
  let number = FIRST;
  while (descriptors.has(number)) number += 1;
  descriptors.set(number, { name, flags: asked, at: 0 });
  return number;
}

function opened(number: unknown, syscall: string): Descriptor {
  const found = descriptors.get(number as number);
  if (!found) throw failure('EBADF', syscall);
  return found;
}

export function closeFile(number: unknown): void {
  opened(number, 'close');
  descriptors.delete(number as number);
}

export function statFile(number: unknown): Stats {
  return stat(absolute(opened(number, 'fstat').name))!;
}

interface Range {
  offset?: number;
  length?: number;
  position?: number | null;
}

/** `read(fd, buffer, offset?, length?, position?)` or `read(fd, buffer, { offset, length, position })` */
export function readFile(
  number: unknown,
  buffer: Uint8Array,
  offset?: number | Range | null,
  length?: number | null,
  position?: number | null,
): number {
  const file = opened(number, 'read');
  const range = typeof offset === 'object' && offset !== null ? offset : { offset, length, position };
  const start = range.offset ?? 0;
  const from = range.position ?? file.at;
  const content = contentOf(file.name) ?? Buffer.alloc(0);
  const piece = content.subarray(
    from,
    from + Math.min(range.length ?? buffer.length - start, buffer.length - start),
  );
  buffer.set(piece, start);
  if (range.position === undefined || range.position === null) file.at = from + piece.length;
  return piece.length;
}

/** `write(fd, buffer, offset?, length?, position?)` or `write(fd, text, position?, encoding?)` */
export function writeFile(number: unknown, data: unknown, ...rest: unknown[]): number {
  const file = opened(number, 'write');
  if (file.flags === 'r') throw failure('EBADF', 'write');
  const isBytes = data instanceof Uint8Array;
  const bytes = isBytes
    ? data.subarray(
        Number(rest[0] ?? 0),
        rest[1] === undefined || rest[1] === null ? undefined : Number(rest[0] ?? 0) + Number(rest[1]),
      )
    : Buffer.from(String(data), typeof rest[1] === 'string' ? rest[1] : undefined);
  const given = isBytes ? rest[2] : rest[0];
  const content = contentOf(file.name) ?? Buffer.alloc(0);
  const at = file.flags.startsWith('a') ? content.length : typeof given === 'number' ? given : file.at;
  const next = Buffer.alloc(Math.max(content.length, at + bytes.length));
  next.set(content);
  next.set(bytes, at);
  setContent(file.name, next);
  if (typeof given !== 'number') file.at = at + bytes.length;
  return bytes.length;
}

/** The path of an open file, for operations that take either. */
export function pathOf(pathOrNumber: unknown): unknown {
  if (typeof pathOrNumber !== 'number') return pathOrNumber;
  return absolute(nameOf(absolute(opened(pathOrNumber, 'read').name)));
}
