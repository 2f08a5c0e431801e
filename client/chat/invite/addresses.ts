/** Where others find the room: the address by which this browser came, or those that the server has on its networks. */
import type { AddressesView } from '#protocol/addresses';
import { RoomError } from '../room-api.ts';

const PAGE = '/chat';

/** @throws RoomError UNREACHABLE. */
export async function fetchAddresses(): Promise<readonly string[]> {
  try {
    const response = await fetch('/api/addresses', { cache: 'no-store' });
    if (!response.ok) throw new Error(String(response.status));
    return ((await response.json()) as AddressesView).origins;
  } catch (error) {
    throw new RoomError('UNREACHABLE', String(error));
  }
}

/**
 * Addresses of the room's page for others, the likeliest first. None when the server is reached on this computer only.
 *
 * @param here where this browser found the app. @param known origins on the server's networks.
 */
export function addressesOf(
  { origin, hostname }: Pick<Location, 'origin' | 'hostname'>,
  known: readonly string[],
): string[] {
  const isLoopback = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  // What works here works for those beside; loopback is everyone's own computer.
  return [...new Set(isLoopback ? known : [origin, ...known])].map((each) => each + PAGE);
}
