/** The Web Worker in which what a run was told becomes text under gzip. */
import type { RunFileHeader } from './format.ts';
import { Recording } from './recording.ts';

export type RecorderRequest =
  | { type: 'begin'; header: RunFileHeader }
  /** One line or several. */
  | { type: 'add'; text: string; t: number }
  | { type: 'file'; id: number };

export interface RecorderAnswer {
  id: number;
  file?: Blob;
  error?: string;
}

const recording = new Recording();

self.addEventListener('message', ({ data }: MessageEvent<RecorderRequest>) => {
  if (data.type === 'begin') recording.begin(data.header);
  else if (data.type === 'add') recording.addText(data.text, data.t);
  else {
    const { id } = data;
    const answer = (message: RecorderAnswer) => self.postMessage(message);
    recording.file().then(
      (file) => answer({ id, file }),
      (error: unknown) => answer({ id, error: String(error) }),
    );
  }
});
