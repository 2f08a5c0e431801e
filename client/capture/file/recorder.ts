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

/** What waits for the worker, at most: ms, and characters. A message to it costs more than what it says. */
const GATHER_MS = 100;
const GATHER_CHARACTERS = 256 * 1024;

export function createRecorder(
  worker: Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'> = new Worker(
    new URL('./recorder.worker.ts', import.meta.url),
    { type: 'module' },
  ),
): Recorder {
  const waiting = new Map<number, { resolve(file: Blob): void; reject(error: Error): void }>();
  let asked = 0;
  let lines: string[] = [];
  let characters = 0;
  /** Lab time of the first of them. */
  let since = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const post = (request: RecorderRequest) => worker.postMessage(request);

  worker.addEventListener('message', ({ data }: MessageEvent<RecorderAnswer>) => {
    const answer = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.file) answer?.resolve(data.file);
    else answer?.reject(new Error(data.error));
  });

  function forget(): void {
    clearTimeout(timer);
    timer = undefined;
    lines = [];
    characters = 0;
  }

  function flush(): void {
    // Text crosses to the worker in one piece, where objects would be copied one by one.
    if (lines.length > 0) post({ type: 'add', text: lines.join('\n'), t: since });
    forget();
  }

  return {
    begin(header) {
      forget();
      post({ type: 'begin', header });
    },
    add(line, t) {
      if (lines.length === 0) since = t;
      const text = JSON.stringify(line);
      lines.push(text);
      characters += text.length;
      if (characters >= GATHER_CHARACTERS) flush();
      else timer ??= setTimeout(flush, GATHER_MS);
    },
    file() {
      flush();
      return new Promise((resolve, reject) => {
        waiting.set(++asked, { resolve, reject });
        post({ type: 'file', id: asked });
      });
    },
    close() {
      forget();
      worker.terminate();
    },
  };
}
