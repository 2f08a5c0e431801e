import { createConnectionDissector, handshakeIn, requestChecks, type Addressee } from '../dissect/index.ts';
import type { WireRecord } from '../dissect/records.ts';

const NOTHING = new Uint8Array();

/** The request and its answer in bytes, read as the wire reads them. */
export function readHandshake(up: Uint8Array, down: Uint8Array = NOTHING) {
  const dissector = createConnectionDissector();
  const records: Record<'up' | 'down', WireRecord[]> = { up: [], down: [] };
  dissector.push('up', up);
  if (down.length > 0) dissector.push('down', down);
  for (const { direction, records: read } of dissector.takeChanges()) records[direction] = read;
  return handshakeIn(records.up, records.down);
}

/** What a server must find in a request, before it is sent. */
export function checksOf(bytes: Uint8Array, to: Addressee) {
  return requestChecks(readHandshake(bytes).request, to);
}
