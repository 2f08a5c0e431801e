/** The lab's files, in memory: what `fs` reads and writes and modules are loaded from. */
const files = new Map<string, string | Uint8Array>();

export const ROOT = '/lab';

/** When the run began, ms of the epoch: the files' time until one is written to. */
let filesAt = 0;

export function setFiles(given: Record<string, string>): void {
  filesAt = Date.now();
  for (const [name, text] of Object.entries(given)) files.set(name, text);
}

export function allFiles(): Map<string, string | Uint8Array> {
  return files;
}

export function filesSince(): number {
  return filesAt;
}

/** A script's text, for messages. */
export function sourceOf(name: string): string | undefined {
  const content = files.get(name);
  return typeof content === 'string' ? content : undefined;
}
