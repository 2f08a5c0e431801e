/** Programs that tests need and that are packages of Debian. */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { run } from './paths.mjs';

/** Installs a package where that can be done unasked: on Debian, as root. Resolves to whether it tried. */
export async function installDebianPackage(name) {
  if (!isDebianRoot()) return false;
  console.log(`Installing Debian’s ${name} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { env });
  return true;
}

export function isProgram(path) {
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
