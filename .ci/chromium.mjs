/** Finds a browser of the Chromium family for the browser tests and the bench. */
import { delimiter, join } from 'node:path';
import { installDebianPackage, isProgram } from './debian.mjs';

const ON_PATH = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const MAC = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Resolves to the path of a browser; on Debian as root installs one; rejects with one plain line. */
export async function findChromium() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`CHROME_PATH names no program: ${given}`);
  }
  const found = candidates().find(isProgram);
  if (found) return found;
  if (await installDebianPackage('chromium')) {
    const installed = candidates().find(isProgram);
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need Chrome, Chromium or Edge: install one, or set CHROME_PATH to its program.',
  );
}

function candidates() {
  if (process.platform === 'darwin') {
    return ['/Applications', join(process.env.HOME ?? '', 'Applications')].flatMap((folder) =>
      MAC.map((app) => join(folder, app)),
    );
  }
  if (process.platform === 'win32') {
    return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) => WINDOWS.map((program) => join(folder, program)));
  }
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/snap/bin'];
  return [
    ...ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/opt/google/chrome/chrome',
  ];
}
