/** The app's end of the worker that keeps what a run was told. */
import type { RunFileHeader, RunFileLine } from './format.ts';
import type { RecorderAnswer, RecorderRequest } from './recorder.worker.ts';

export interface Recorder {
  /** A run begins: what was kept of the last one is forgotten. */
  begin(header: RunFileHeader): void;
  add(line: RunFileLine, t: number): void;
  /** The file as it is now. Rejects when it cannot be made. */
  file(): Promise<Blob>;
  close(): void;
}

export function createRecorder(): Recorder {
  const worker = new Worker(new URL('./recorder.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve(file: Blob): void; reject(error: Error): void }>();
  let asked = 0;
  const post = (request: RecorderRequest) => worker.postMessage(request);

  worker.addEventListener('message', ({ data }: MessageEvent<RecorderAnswer>) => {
    const answer = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.file) answer?.resolve(data.file);
    else answer?.reject(new Error(data.error));
  });

  return {
    begin: (header) => post({ type: 'begin', header }),
    // Text crosses to the worker in one piece, where objects would be copied one by one.
    add: (line, t) => post({ type: 'add', text: JSON.stringify(line), t }),
    file: () =>
      new Promise((resolve, reject) => {
        waiting.set(++asked, { resolve, reject });
        post({ type: 'file', id: asked });
      }),
    close: () => worker.terminate(),
  };
}
