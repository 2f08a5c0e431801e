/** Opens the file of a run: tells a capture what it says, a slice at a time, so that the screen stays alive. */
import type { Capture } from '../capture.ts';
import { readHeader, readLine, RunFileError, type RunFileHeader, type RunFileLine } from './format.ts';
import { LINE_CHARACTERS, READ_SLICE_MS, UNANSWERED_BATCHES } from './limits.ts';

export interface ReadOptions {
  /** The header was read; the lines that follow are told to the capture that is returned. */
  onHeader(header: RunFileHeader): Capture;
  /** Share of the file that was read, 0 to 1. */
  onProgress?(share: number): void;
  /** Resolves when the dissector has no more than `most` batches before it. */
  settled(most: number): Promise<void>;
  /** Ends the reading; what was read stays. */
  signal?: AbortSignal;
}

export interface ReadResult {
  header: RunFileHeader;
  /** The file ends in the middle: what came before was read. */
  truncated: boolean;
  /** Lines that could not be read, and were passed over. */
  badLines: number;
}

/** @throws RunFileError when nothing of it can be read. */
export async function readRun(file: Blob, options: ReadOptions): Promise<ReadResult> {
  const read = { bytes: 0 };
  let header: RunFileHeader | null = null;
  let capture: Capture | null = null;
  let truncated = false;
  let badLines = 0;
  let sliceEnd = performance.now() + READ_SLICE_MS;
  try {
    for await (const line of linesOf(file, read)) {
      if (options.signal?.aborted) break;
      if (!capture) {
        header = readHeader(line);
        capture = options.onHeader(header);
        continue;
      }
      const told = readLine(line);
      if (!told || !tell(capture, told)) badLines++;
      if (performance.now() < sliceEnd) continue;
      options.onProgress?.(Math.min(1, read.bytes / Math.max(1, file.size)));
      await options.settled(UNANSWERED_BATCHES);
      await nextTask();
      sliceEnd = performance.now() + READ_SLICE_MS;
    }
  } catch (error) {
    if (!header) throw error instanceof RunFileError ? error : new RunFileError('unreadable');
    truncated = true;
  }
  if (!header || !capture) throw new RunFileError('unreadable');
  await options.settled(0);
  // A file that was saved while the run went on has no end of its own.
  capture.abandon(0);
  capture.flush();
  return { header, truncated, badLines };
}

/** False when the capture could make nothing of it: whoever wrote the file was not this program. */
function tell(capture: Capture, line: RunFileLine): boolean {
  try {
    pass(capture, line);
    return true;
  } catch {
    return false;
  }
}

function pass(capture: Capture, line: RunFileLine): void {
  if ('telemetry' in line) capture.telemetry(line.telemetry);
  else if ('pageEvents' in line) capture.page(line.run, line.pageEvents, line.page);
  else if ('clockErrorMs' in line) capture.clock(line.clockErrorMs);
  else if ('lost' in line) capture.lost(line.lost);
  else if ('recovered' in line) capture.recovered(line.recovered);
  else if ('abandoned' in line) capture.abandon(line.abandoned);
  else capture.lost(line.cut);
}

/** The lines of a file, packed or not. */
async function* linesOf(file: Blob, read: { bytes: number }): AsyncGenerator<string> {
  const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isPacked = magic[0] === 0x1f && magic[1] === 0x8b;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(bytes, controller) {
        read.bytes += bytes.length;
        controller.enqueue(bytes);
      },
    }),
  );
  const text = isPacked ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
  const reader = text.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split('\n');
      rest = lines.pop()!;
      if (rest.length > LINE_CHARACTERS) throw new RunFileError('unreadable');
      for (const line of lines) if (line !== '') yield line;
    }
  } finally {
    reader.cancel().catch(() => undefined); // The stream has failed already.
  }
  if (rest !== '') yield rest;
}

/** Lets everything else have its turn: frames, input, the dissector's answers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
