/** Finds a browser of the Chromium family for the browser tests and the bench. */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './paths.mjs';

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
  if (isDebianRoot()) {
    console.log('No Chrome, Chromium or Edge here: installing Debian’s chromium …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
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

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(error.code)) return false;
    throw error;
  }
}

function isDebianRoot() {
  if (process.platform !== 'linux' || process.getuid() !== 0) return false;
  // ID names the distribution itself: Ubuntu’s chromium package is only a door to a snap.
  return existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}
