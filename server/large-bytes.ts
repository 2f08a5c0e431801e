/**
 * Bytes in pages of their own, which go back to the system as soon as nobody holds them.
 *
 * malloc is no place for what a hostile guest makes by the megabyte: what lies below a small block that stays is kept,
 * and after the first large block that was freed glibc takes others up to its size from an arena too, of which each
 * thread's keeps up to 64 MiB for good. V8 asks the system itself for a buffer that may be resized, so these are such,
 * though none ever is.
 */

/** From here on bytes are worth a system call and some page faults, which take about as long as copying them. */
export const LARGE_BYTES = 32 * 1024;

interface ResizableArrayBufferConstructor {
  new (length: number, options: { maxByteLength: number }): ArrayBuffer;
}

/** Zeroed bytes; the caller fills them. */
export function allocate(length: number): Buffer<ArrayBuffer> {
  if (length < LARGE_BYTES) return Buffer.alloc(length);
  const Resizable = ArrayBuffer as unknown as ResizableArrayBufferConstructor;
  return Buffer.from(new Resizable(length, { maxByteLength: length }), 0, length);
}

/** A copy; of few bytes it is Node's own, from its pool. */
export function copyOf(bytes: Uint8Array): Buffer<ArrayBuffer> {
  if (bytes.length < LARGE_BYTES) return Buffer.from(bytes);
  const copy = allocate(bytes.length);
  copy.set(bytes);
  return copy;
}

/** A text's bytes, likewise. */
export function bytesOf(text: string, encoding: BufferEncoding): Buffer<ArrayBuffer> {
  if (text.length < LARGE_BYTES / 4) return Buffer.from(text, encoding);
  const length = Buffer.byteLength(text, encoding);
  if (length < LARGE_BYTES) return Buffer.from(text, encoding);
  const bytes = allocate(length);
  // Of text that is no base64 or hex fewer bytes come out than its length says.
  return bytes.subarray(0, bytes.write(text, encoding));
}
