/**
 * The primed snapshot as it lies on disk: the non-zero 4 KiB pages of a guest that has loaded all its
 * modules, and the addresses of the functions the host calls. Written by `build.mjs`.
 *
 * Layout: u32 LE length of the JSON head, head, page bytes in the order of `runs`.
 */
export interface ImageHead {
  memoryBytes: number;
  stackPointer: number;
  runtime: number;
  context: number;
  /** Address (of a boxed value) of each guest entry, and of the mailbox's bytes. */
  entries: Record<GuestEntry, number>;
  mailbox: number;
  /** Address of a boxed `undefined`, of room for 4 arguments, and of room for two lengths. */
  undefinedBox: number;
  argumentsAt: number;
  lengthAt: number;
  /** `[offset, length]` of the runs of pages that are not all zero. */
  runs: [number, number][];
  /** Modules of `guest/on-demand/` and npm packages, by name: bytecode in base64. */
  parts: Record<string, string>;
  /** The built-in modules that are parts, with the names each exports. */
  partModules: Record<string, string[]>;
}

/** What the worker may call in a guest. Each takes JSON text and answers with the turn's calls, or nothing. */
export type GuestEntry =
  | 'boot'
  | 'runMain'
  | 'settled'
  | 'tell'
  | 'timers'
  | 'immediates'
  | 'tick'
  | 'rejected'
  | 'leave'
  | 'quit'
  | 'drain';

export interface Image {
  head: ImageHead;
  pages: Uint8Array;
  /** The engine's bytecode of each part, by name. */
  parts: Record<string, Uint8Array>;
}

/** Splits the file; the bytes are shared with `file`, not copied. */
export function readImage(file: Uint8Array): Image {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headLength = view.getUint32(0, true);
  const text = new TextDecoder().decode(file.slice(4, 4 + headLength));
  const head = JSON.parse(text) as ImageHead;
  const parts = Object.fromEntries(
    Object.entries(head.parts).map(([name, code]) => [name, new Uint8Array(Buffer.from(code, 'base64'))]),
  );
  return { head, pages: file.subarray(4 + headLength), parts };
}
