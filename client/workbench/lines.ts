/** The request as a list of lines, each with what it was. */

/** Where a request goes: what its original names. */
export interface Target {
  /** `localhost:8080` */
  authority: string;
  /** Origin of the learner's page. */
  origin: string;
}

export interface Line {
  /** One of `ORIGINALS`, or `new-1`. */
  id: string;
  /** As edited; null as it was. A line that was added has always a text. */
  text: string | null;
  /** An original line that was taken out: it can be put back. */
  removed?: true;
}

/** The lines a browser's request would have, by id. The key is that of RFC 6455 §1.3, its answer can be looked up. */
const ORIGINALS = {
  request: () => 'GET / HTTP/1.1',
  host: ({ authority }) => `Host: ${authority}`,
  connection: () => 'Connection: Upgrade',
  upgrade: () => 'Upgrade: websocket',
  origin: ({ origin }) => `Origin: ${origin}`,
  version: () => 'Sec-WebSocket-Version: 13',
  key: () => 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  /** The empty line that ends the head (RFC 9112 §2.1). */
  end: () => '',
} satisfies Record<string, (target: Target) => string>;

export type OriginalLine = keyof typeof ORIGINALS;

const isOriginal = (id: string): id is OriginalLine => Object.hasOwn(ORIGINALS, id);

/** What the line was; null of one that was added. */
export function originalOf({ id }: Line, target: Target): string | null {
  return isOriginal(id) ? ORIGINALS[id](target) : null;
}

export function textOf(line: Line, target: Target): string {
  return line.text ?? originalOf(line, target) ?? '';
}

/** Whether there is something to take back. */
export function isChanged(line: Line): boolean {
  return line.removed === true || line.text !== null;
}

export function originalLines(): Line[] {
  return Object.keys(ORIGINALS).map((id) => ({ id, text: null }));
}

/** The bytes: every line as it is, in UTF-8, each followed by CRLF. */
export function bytesOf(lines: readonly Line[], target: Target): Uint8Array {
  const kept = lines.filter(({ removed }) => !removed);
  return new TextEncoder().encode(kept.map((line) => `${textOf(line, target)}\r\n`).join(''));
}

export function setText(lines: readonly Line[], id: string, text: string, target: Target): Line[] {
  return lines.map((line) =>
    line.id === id ? { id, text: text === originalOf(line, target) ? null : text } : line,
  );
}

/** Takes a line out; one that was added is gone. */
export function remove(lines: readonly Line[], id: string): Line[] {
  if (!isOriginal(id)) return lines.filter((line) => line.id !== id);
  return lines.map((line) => (line.id === id ? { ...line, removed: true } : line));
}

/** As it was; one that was added is gone. */
export function reset(lines: readonly Line[], id: string): Line[] {
  if (!isOriginal(id)) return lines.filter((line) => line.id !== id);
  return lines.map((line) => (line.id === id ? { id, text: null } : line));
}

/** Puts a new line behind another; the first of all behind null. Returns its id besides. */
export function insert(
  lines: readonly Line[],
  behind: string | null,
  text: string,
): { lines: Line[]; id: string } {
  const numbers = lines.map(({ id }) => Number(/^new-(\d+)$/.exec(id)?.[1] ?? 0));
  const id = `new-${Math.max(0, ...numbers) + 1}`;
  const at = lines.findIndex((line) => line.id === behind) + 1;
  return { lines: [...lines.slice(0, at), { id, text }, ...lines.slice(at)], id };
}

/** The name in the other case: of a field, or the method. All of it in lower case, then in upper case. */
export function swapCase(text: string): string {
  const name = /^[^:\s]*/.exec(text)![0];
  const swapped = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
  return swapped + text.slice(name.length);
}

/** Whether this is a list of lines: what was kept may be of an older version, or spoiled. */
export function areLines(value: unknown): value is Line[] {
  return (
    Array.isArray(value) &&
    value.every((line: Partial<Line> | null) => {
      const known = typeof line?.id === 'string' && (isOriginal(line.id) || /^new-\d+$/.test(line.id));
      return known && (typeof line.text === 'string' || (line.text === null && isOriginal(line.id!)));
    }) &&
    new Set(value.map(({ id }: Line) => id)).size === value.length &&
    Object.keys(ORIGINALS).every((id) => value.some((line: Line) => line.id === id))
  );
}
