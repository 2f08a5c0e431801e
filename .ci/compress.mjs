/** Compressed copies beside the files of the SPA, so that the server never compresses while it serves. */
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { filesUnder } from './paths.mjs';

const TEXT = /\.(js|css|html|svg|json)$/;
/** Below this a compressed copy saves less than one packet. */
const SMALLEST_BYTES = 1024;

/** Writes `<name>.gz` beside every text file under `folder` (relative to the root). */
export async function compress(folder) {
  for (const file of await filesUnder([folder])) {
    if (!TEXT.test(file)) continue;
    const bytes = await readFile(file);
    if (bytes.length >= SMALLEST_BYTES)
      await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
}
