/** Finds Firefox for the table of old clients (`npm run legacy-table`). */
import { delimiter, join } from 'node:path';
import { installDebianPackage, isProgram } from './debian.mjs';

/** Resolves to the path of a Firefox; on Debian as root installs the ESR; rejects with one plain line. */
export async function findFirefox() {
  const given = process.env.FIREFOX_PATH;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`FIREFOX_PATH names no program: ${given}`);
  }
  const found = candidates().find(isProgram);
  if (found) return found;
  if (await installDebianPackage('firefox-esr')) {
    const installed = candidates().find(isProgram);
    if (installed) return installed;
  }
  throw new Error('The table needs Firefox: install it, or set FIREFOX_PATH to its program.');
}

function candidates() {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/bin', '/snap/bin'];
  return [
    ...['firefox-esr', 'firefox'].flatMap((name) => folders.map((folder) => join(folder, name))),
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ];
}
