/** What a run was told, kept as text under gzip while it is recorded: about a twelfth of the text. */
import type { RunFileHeader, RunFileLine } from './format.ts';
import { PART_CHARACTERS, RECORDING_BYTES } from './limits.ts';

export class Recording {
  #header = '';
  /** Finished parts, each a gzip member of its own. */
  #parts: Blob[] = [];
  #bytes = 0;
  /** Lines that are not yet in a part. */
  #lines: string[] = [];
  #characters = 0;
  #packing: Promise<void> = Promise.resolve();
  #generation = 0;
  #isCut = false;

  /** Forgets everything: a run begins. */
  begin(header: RunFileHeader): void {
    this.#generation++;
    this.#header = JSON.stringify(header);
    this.#parts = [];
    this.#bytes = 0;
    this.#lines = [];
    this.#characters = 0;
    this.#isCut = false;
  }

  /** @param t lab time that the line is about: where the file ends when it cannot take this line any more. */
  add(line: RunFileLine, t: number): void {
    this.addText(JSON.stringify(line), t);
  }

  /** The same with a line, or several, as text. */
  addText(text: string, t: number): void {
    if (this.#isCut) return;
    if (this.#bytes > RECORDING_BYTES) {
      this.#isCut = true;
      this.#lines.push(JSON.stringify({ cut: t } satisfies RunFileLine));
      return;
    }
    this.#lines.push(text);
    this.#characters += text.length;
    if (this.#characters >= PART_CHARACTERS) this.#pack();
  }

  /** The file as it is now. The recording goes on. */
  async file(): Promise<Blob> {
    await this.#packing;
    const parts = [...this.#parts];
    const rest = this.#lines.map((line) => `${line}\n`).join('');
    const text = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(`${this.#header}\n`)),
      async pull(controller) {
        const part = parts.shift();
        if (!part) {
          controller.enqueue(new TextEncoder().encode(rest));
          return controller.close();
        }
        const unpacked = new Response(part.stream().pipeThrough(new DecompressionStream('gzip')));
        controller.enqueue(new Uint8Array(await unpacked.arrayBuffer()));
      },
    });
    const packed = await new Response(text.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
    return new Blob([packed], { type: 'application/gzip' });
  }

  #pack(): void {
    const text = this.#lines.map((line) => `${line}\n`).join('');
    const generation = this.#generation;
    this.#lines = [];
    this.#characters = 0;
    this.#packing = this.#packing.then(async () => {
      const packed = new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip')));
      const part = new Blob([await packed.arrayBuffer()]);
      if (generation !== this.#generation) return;
      this.#parts.push(part);
      this.#bytes += part.size;
    });
  }
}
