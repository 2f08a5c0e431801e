/** Finds tshark, Wireshark's dissectors without its windows, for the tests that compare with it. */
import { delimiter, join } from 'node:path';
import { installDebianPackage, isProgram } from './debian.mjs';

/** Resolves to the path of tshark; on Debian as root installs it; rejects with one plain line. */
export async function findTshark() {
  const given = process.env.TSHARK_PATH;
  if (given) return given;
  const found = candidates().find(isProgram);
  if (found) return found;
  if (await installDebianPackage('tshark')) {
    const installed = candidates().find(isProgram);
    if (installed) return installed;
  }
  throw new Error(
    'The comparison with Wireshark needs tshark: install Wireshark, or set TSHARK_PATH to its program.',
  );
}

function candidates() {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
    '/Applications/Wireshark.app/Contents/MacOS',
    'C:\\Program Files\\Wireshark',
  ];
  return folders.flatMap((folder) => [join(folder, 'tshark'), join(folder, 'tshark.exe')]);
}
