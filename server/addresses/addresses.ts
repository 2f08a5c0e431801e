import { isIPv6 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';

/** As `os.networkInterfaces()` tells them. */
export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Of bridges to containers and virtual machines: nobody in the room is on them. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|utun|tun|tap|wg)/i;
const ANY = new Set(['0.0.0.0', '::']);

/**
 * Addresses under which other computers may reach a server, the likeliest first.
 *
 * @param listening what it listens on.
 */
export function externalAddresses(listening: readonly string[], interfaces: Interfaces): string[] {
  if (!listening.some((address) => ANY.has(address)))
    return listening.filter((address) => !isLoopback(address));
  const all = Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos.map(({ address, internal, family }) => ({
      ...{ name, address, internal },
      isV4: family === 'IPv4',
    })),
  );
  return all
    .filter(({ internal, isV4, address }) => {
      // 0.0.0.0 takes IPv4 only. A link-local address (fe80::/10) means nothing without the name of an interface there.
      const isReached = isV4 || (listening.includes('::') && !/^fe[89ab]/i.test(address));
      return !internal && isReached;
    })
    .sort(
      (a, b) =>
        Number(VIRTUAL.test(a.name)) - Number(VIRTUAL.test(b.name)) || Number(b.isV4) - Number(a.isV4),
    )
    .map(({ address }) => address);
}

/** An address as the host of a URL (RFC 3986 §3.2.2). */
export function asHost(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}
